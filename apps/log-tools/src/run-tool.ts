import { parseOptions, type ToolOptions } from './parse-options.js';
import { ToolError } from './tool-error.js';

/** Could not be established: not understood, no database, no such organisation. */
const NOT_ESTABLISHED = 2;

/** Runs one of the commands and gives its exit code. */
export async function runTool(usage: string, work: (options: ToolOptions, print: (lines: readonly string[], json: object) => void) => Promise<number>): Promise<number> {
  try {
    const options = parseOptions(process.argv.slice(2), process.env);
    if (options.help) {
      process.stdout.write(usage);
      return 0;
    }
    return await work(options, (lines, json) => void process.stdout.write(options.json ? `${JSON.stringify(json)}\n` : `${lines.join('\n')}\n`));
  } catch (error) {
    process.stderr.write(`${error instanceof ToolError ? error.message : ((error as Error).stack ?? String(error))}\n`);
    return NOT_ESTABLISHED;
  }
}
