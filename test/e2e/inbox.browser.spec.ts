/** The plain page in a real browser, without JavaScript: by keyboard, by screen reader, narrow and wide, in both languages. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { findChromium, openBrowser } from '../support/browser.js';
import { FIRST_FORM, aCase, consentTo, done, refer, referralTo } from '../support/story.js';
import { DAY, type Tandem, startTandem } from '../support/tandem.js';

jest.setTimeout(60_000);

const wanted = findChromium() !== undefined || process.env['REQUIRE_SERVERS'] === '1';
if (!wanted) {
  console.warn('SKIPPED: the plain page was not tried in a browser, since no Chromium was found (CHROMIUM_PATH)');
}
const inBrowser = wanted ? describe : describe.skip;

inBrowser('the plain page', () => {
  let tandem: Tandem;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    browser = await openBrowser();
    tandem = await startTandem();
  });
  afterAll(async () => {
    await browser.close();
    await tandem.stop();
  });

  async function visit(locale = 'en-GB', width = 1000): Promise<void> {
    context = await browser.newContext({ javaScriptEnabled: false, locale, viewport: { width, height: 800 }, baseURL: tandem.address });
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
  }

  async function waiting(services: readonly string[] = ['MED.URG', 'PSY.CRISIS']): Promise<string> {
    const manager = tandem.as('casa-lumina');
    const path = await aCase(manager);
    done(await manager.post(`${path}/risk-assessments`, FIRST_FORM));
    done(await manager.post(`${path}/consents`, consentTo('REFERRAL', 'clinica-aurora')));
    return refer(tandem, manager, path, referralTo('clinica-aurora', services));
  }

  async function signIn(at = '/inbox', label: RegExp = /^(?:Access key|Cheia de acces)$/): Promise<void> {
    const roles = tandem.engines.directory.get('clinica-aurora')?.roles ?? [];
    const key = await tandem.issuer.issue({ organisation: 'clinica-aurora', roles, actor: 'w-1', human: true });
    await page.goto(at);
    await page.getByLabel(label).fill(key);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^(?:Sign out|Ieșire)$/ }).waitFor();
  }

  /** Where the keyboard is, by what it is called, and whether that is seen. */
  async function focused(): Promise<{ name: string; outline: string }> {
    return page.locator('html').evaluate((html: any) => { // eslint-disable-line @typescript-eslint/no-explicit-any -- runs in the browser
      const { activeElement: element, defaultView } = html.ownerDocument;
      return { name: element.ariaLabel || element.innerText || element.name || '', outline: defaultView.getComputedStyle(element).outlineStyle };
    });
  }

  async function tabs(times: number): Promise<readonly string[]> {
    const names: string[] = [];
    for (let i = 0; i < times; i += 1) {
      await page.keyboard.press('Tab');
      const { name, outline } = await focused();
      expect(outline).toBe('solid');
      names.push(name.trim());
    }
    return names;
  }

  it('is signed into, read and answered', async () => {
    const reference = await waiting();
    await visit();
    await signIn(`/inbox/${reference}`);
    await page.getByRole('link', { name: 'Back to the work list' }).click();
    await page.locator(`a[href="/inbox/${reference}"]`).click();
    const accept = page.getByRole('region', { name: 'Accept' });
    await accept.getByLabel('Worker who takes this').fill('w-17');
    await accept.getByLabel('From when there is a place').fill('2026-03-03T09:00');
    await accept.getByLabel('Meeting').fill('At the side door at nine.');
    await accept.getByRole('button', { name: 'Accept' }).click();
    expect(await page.getByRole('status').innerText()).toBe('Accepted. The organisation that asked was told.');
    expect(new URL(page.url()).pathname).toBe(`/inbox/${reference}`);
    expect((await tandem.as('clinica-aurora').get(`/v1/referrals/${reference}`)).body).toMatchObject({ status: 'ACCEPTED', startFrom: '2026-03-03T07:00:00.000Z' });
    await page.reload();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Request');
    await context.close();
  });

  it('is used with the keyboard alone, from signing in to a decline with its reason', async () => {
    const reference = await waiting();
    await visit();
    await page.goto(`/inbox/${reference}`);
    expect(await tabs(5)).toEqual(['Skip to content', 'Română', 'Leave this page now', 'key', 'Sign in']);
    await page.keyboard.press('Shift+Tab');
    const roles = tandem.engines.directory.get('clinica-aurora')?.roles ?? [];
    await page.keyboard.insertText(await tandem.issuer.issue({ organisation: 'clinica-aurora', roles, actor: 'w-1', human: true }));
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(page.url()).toMatch(/#main$/);
    expect(await tabs(2)).toEqual(['Back to the work list', 'worker']);
    // Past the parts of the date, to the first reason.
    for (let i = 0; i < 24 && (await focused()).name !== 'reason'; i += 1) await tabs(1);
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await tabs(1);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/inbox?done=decline');
    expect(await page.getByRole('status').innerText()).toContain('Declined.');
    await tandem.settled();
    await page.goto(`/inbox/${reference}`);
    await page.getByRole('button', { name: 'Confirm deletion' }).press('Enter');
    expect(await page.getByRole('status').innerText()).toContain('Deletion confirmed.');
    await context.close();
  });

  it('refuses in words, where a screen reader begins, and keeps what was written', async () => {
    const reference = await waiting();
    await visit();
    await signIn(`/inbox/${reference}`);
    await page.getByLabel('Worker who takes this').fill('w-17');
    await page.getByLabel('From when there is a place').fill('2026-03-03T09:00');
    await page.getByLabel('Meeting').fill('   ');
    await page.getByRole('button', { name: 'Accept' }).click();
    expect(await page.title()).toContain('That did not work');
    await page.getByRole('alert').getByRole('link', { name: 'Meeting' }).click();
    expect((await focused()).name).toBe('meeting');
    expect(await page.getByLabel('Worker who takes this').inputValue()).toBe('w-17');
    await context.close();
  });

  it('has one heading of the first level, landmarks, and a name for everything that can be used', async () => {
    const reference = await waiting();
    await visit();
    await signIn();
    for (const path of ['/inbox', `/inbox/${reference}`]) {
      await page.goto(path);
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
      for (const landmark of ['banner', 'main', 'navigation'] as const) expect(await page.getByRole(landmark).count()).toBe(1);
      const tree = await page.locator('body').ariaSnapshot();
      expect(tree).not.toMatch(/- (?:link|button|textbox|radio|group|region|navigation)(?::| \[|$)/m);
    }
    expect(await page.getByRole('group', { name: 'Reason' }).getByRole('radio').count()).toBe(7);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await context.close();
  });

  it('says in words what is late', async () => {
    await visit();
    const reference = await waiting();
    await signIn(`/inbox/${reference}`);
    await page.getByLabel('No place free').check();
    await page.getByRole('button', { name: 'Decline' }).click();
    await tandem.pass(2 * DAY);
    await page.goto(`/inbox/${reference}`);
    expect(await page.getByRole('listitem').filter({ hasText: 'Confirm that received data was deleted' }).innerText()).toMatch(/Overdue: should have been done by \d/);
    await context.close();
  });

  it('changes its language and remembers it', async () => {
    await visit();
    await signIn();
    await page.getByRole('link', { name: 'Română' }).click();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Ce ne așteaptă');
    await page.goto('/inbox');
    expect(await page.locator('html').getAttribute('lang')).toBe('ro');
    await context.close();
    await visit('ro-RO');
    await page.goto('/inbox');
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Autentificare');
    await context.close();
  });

  it.each([['en-GB', 1000], ['ro-RO', 1000], ['ro-RO', 320], ['en-GB', 320]] as const)('fits in %s at a width of %d', async (locale, width) => {
    const reference = await waiting();
    await visit(locale, width);
    await page.goto('/inbox');
    await fits(`sign-in-${locale}-${String(width)}`);
    await signIn();
    await fits(`list-${locale}-${String(width)}`);
    await page.goto(`/inbox/${reference}`);
    await fits(`request-${locale}-${String(width)}`);
    await context.close();
  });

  /** No sideways scrolling; `SCREENSHOTS` names a directory for those who want to look. */
  async function fits(name: string): Promise<void> {
    const { scrolls, shown } = await page.locator('html').evaluate((html) => ({ scrolls: html.scrollWidth, shown: html.clientWidth }));
    expect(scrolls).toBeLessThanOrEqual(shown);
    const directory = process.env['SCREENSHOTS'];
    if (directory !== undefined) await page.screenshot({ path: `${directory}/${name}.png`, fullPage: true });
  }

  it('is left in haste: the session is gone, and going back shows nothing', async () => {
    const reference = await waiting();
    await visit();
    await context.route('https://*.wikipedia.org/**', (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<title>elsewhere</title>' }));
    await signIn(`/inbox/${reference}`);
    await page.getByRole('link', { name: 'Leave this page now' }).click();
    await page.waitForURL('https://en.wikipedia.org/');
    await page.goBack();
    expect(await page.title()).toBe('Sign in – Work list');
    expect(await page.locator('main').innerText()).not.toContain('Urgent');
    expect((await context.cookies()).map(({ name }) => name)).toEqual([]);
    await context.close();
  });

  it('keeps a cookie that no script and no disk can read', async () => {
    await visit();
    await signIn();
    expect((await context.cookies()).map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite }))).toEqual([{ name: 'desk', httpOnly: true, sameSite: 'Strict' }]);
    await context.close();
  });
});
