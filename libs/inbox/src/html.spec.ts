import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Html, html, type Part } from './html.js';

describe('a value', () => {
  it('never becomes markup', () => {
    expect(html`<p>${'<script>alert(1)</script>'}</p>`.toString()).toBe('<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>');
    expect(html`<a title="${'" onclick="x'}">${"a'b"}</a>`.toString()).toBe('<a title="&quot; onclick=&quot;x">a&#39;b</a>');
    expect(html`${'&lt;'}`.toString()).toBe('&amp;lt;');
  });

  it('holds no sign that opens, closes or ends an attribute, whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !/[<>"']/.test(html`${text}`.toString())));
  });

  it('that only looks like markup is text', () => {
    const forged = { toString: () => '<b>', text: '<b>' } as unknown as Part;
    expect(() => html`${[forged]}`.toString()).toThrow();
    const inherited = Object.create(Html.prototype) as Html;
    expect(() => html`${inherited}`.toString()).toThrow();
  });

  it('needs quotes in an attribute', () => {
    expect(() => html`<a href=${'x'}>`).toThrow('quotes');
  });
});

describe('a piece', () => {
  it('stays markup in another, alone and in lists; nothing is nothing', () => {
    expect(html`<ul>${['a', '<'].map((text) => html`<li>${text}</li>`)}${undefined}${false}${0}</ul>`.toString()).toBe('<ul><li>a</li><li>&lt;</li>0</ul>');
  });
});
