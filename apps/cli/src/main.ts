import { endWith } from './ending.js';
import { program } from './program.js';

try {
  await program().parseAsync();
} catch (error) {
  process.exitCode = endWith(error);
}
