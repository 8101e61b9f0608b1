/** Tells the story: chapters, what people said, what Tandem answered. Plain text, for a social worker to read. */

const WIDTH = 96;

function wrapped(text: string, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && indent.length + line.length + word.length + 1 > WIDTH) {
      lines.push(indent + line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, indent + line].join('\n');
}

export class Teller {
  private chapters = 0;

  constructor(private readonly print: (text: string) => void) {}

  chapter(title: string): void {
    this.chapters += 1;
    this.print(`\n${'='.repeat(WIDTH)}\n${String(this.chapters)}. ${title}\n${'='.repeat(WIDTH)}\n`);
  }

  /** What happens. */
  say(text: string): void {
    this.print(`${wrapped(text, '')}\n`);
  }

  /** What somebody recorded, and what came back. */
  record(who: string, what: string, answer: string): void {
    this.print(`${wrapped(`${who}: ${what}`, '  > ')}\n${wrapped(answer, '      ')}\n`);
  }

  /** Text as it is, indented. */
  show(text: string): void {
    this.print(`${text.trimEnd().split('\n').map((line) => `    | ${line}`).join('\n')}\n`);
  }
}
