/** The command line `tandem`: a client of the HTTP API and of the verifier, nothing else. */
import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { demoToken, read, type Server } from './client.js';
import { EXIT, EXIT_HELP, Unusable } from './ending.js';
import { historyText } from './history-text.js';
import { reportText, verifyFile, type VerifyOptions } from './verification.js';

const server = (): Option => new Option('--server <url>', 'address of Tandem').env('TANDEM_SERVER').default('http://127.0.0.1:8080');
const token = (): Option => new Option('--token <token>', 'bearer token').env('TANDEM_TOKEN').makeOptionMandatory();
const pathOf = (caseId: string): string => `/v1/cases/${encodeURIComponent(caseId)}`;
const pretty = (text: string): string => JSON.stringify(JSON.parse(text), null, 2);

interface TokenOptions extends Server {
  readonly role: readonly string[];
  readonly actor: string;
  readonly system?: true;
  readonly mandate?: string;
}

function tokenCommand(): Command {
  return new Command('token')
    .description('prints a token of the demo issuer of a running demo instance')
    .argument('<organisation>', 'identifier in the directory')
    .requiredOption('--role <role...>', 'roles to claim; the directory narrows them')
    .option('--actor <reference>', 'opaque reference of who acts', 'cli')
    .option('--system', 'no person stands behind the request')
    .option('--mandate <id>', 'audit mandate')
    .addOption(server())
    .action(async (organisation: string, { role, actor, system, mandate, server: url }: TokenOptions) => {
      const wanted = { organisation, roles: role, actor, human: system !== true, client: 'cli', ...(mandate === undefined ? {} : { mandate }) };
      console.log(await demoToken({ server: url }, wanted));
    });
}

interface ShowOptions extends Server {
  readonly asOf?: string;
  readonly factsAsOf?: string;
  readonly revision?: string;
}

function caseCommand(): Command {
  const show = new Command('show')
    .description('prints a case as JSON, as it is or as it was')
    .argument('<caseId>', 'the name under which your organisation knows the case')
    .option('--as-of <moment>', 'what was recorded by then')
    .option('--facts-as-of <moment>', 'what had happened by then')
    .option('--revision <number>', 'after this step')
    .addOption(server())
    .addOption(token())
    .action(async (caseId: string, { asOf, factsAsOf, revision, ...to }: ShowOptions) => {
      console.log(pretty(await read(to, pathOf(caseId), { asOf, factsAsOf, revision })));
    });
  const history = new Command('history')
    .description('prints every step of a case')
    .argument('<caseId>', 'the name under which your organisation knows the case')
    .option('--json', 'as JSON')
    .addOption(server())
    .addOption(token())
    .action(async (caseId: string, { json, ...to }: Server & { readonly json?: true }) => {
      const text = await read(to, `${pathOf(caseId)}/history`);
      console.log(json === true ? pretty(text) : historyText(text));
    });
  return new Command('case').description('reads of one case').addCommand(show).addCommand(history);
}

interface ExportOptions extends Server {
  readonly output?: string;
  readonly tree?: string;
}

/** Never over a file that is there: it could be the earlier export that this one is to be compared with. */
function write(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    throw new Unusable(`${file} can not be written, or is there already`, { cause: error });
  }
}

function exportCommand(): Command {
  return new Command('export')
    .description('takes the history of a case away as a signed bundle (auditors; recorded as a disclosure)')
    .argument('<caseId>', 'the name under which your organisation knows the case')
    .option('--output <file>', 'a new file; standard output when absent')
    .option('--tree <root>', 'prove the case in this signed tree too')
    .addOption(server())
    .addOption(token())
    .action(async (caseId: string, { output, tree, ...to }: ExportOptions) => {
      const bundle = await read(to, `${pathOf(caseId)}/export`, { tree });
      if (output === undefined) process.stdout.write(bundle);
      else write(output, bundle);
    });
}

function verifyCommand(): Command {
  return new Command('verify')
    .description('verifies a bundle: needs no server and no token; says what it proved and what it did not')
    .argument('<bundle>', 'file of `tandem export`')
    .option('--receipts <file>', 'JSON lines {revision, chain}: receipts that you kept of this case')
    .option('--keys <file>', 'JSON {keyId: PEM}, or an answer of /v1/ledger/head: keys that you trust')
    .option('--trees <file>', 'JSON lines: answers of /v1/ledger/head that you kept')
    .option('--json', 'the report as JSON')
    .action((bundle: string, { json, ...held }: VerifyOptions & { readonly json?: true }) => {
      const report = verifyFile(bundle, held);
      console.log(json === true ? JSON.stringify(report, null, 2) : reportText(report));
      process.exitCode = report.holds ? EXIT.done : EXIT.contradicted;
    });
}

/** The program with all its commands. Ends by throwing; `endWith` turns that into an exit code. */
export function program(): Command {
  const tandem = new Command('tandem').description('Tandem on the command line').addHelpText('after', EXIT_HELP);
  const commands = [tokenCommand(), caseCommand(), exportCommand(), verifyCommand()];
  for (const command of commands) tandem.addCommand(command);
  for (const command of [tandem, ...commands, ...commands.flatMap(({ commands: below }) => below)]) command.exitOverride();
  return tandem;
}
