import jest from '@jest/test-sequencer';
import { basename } from 'node:path';

/** Specs that take a minute or more, the longest first: begun last, one of them would leave the other workers idle. */
const longSpecs: readonly string[] = ['log-holds', 'exactly-once', 'restart', 'broken-partners', 'revocation', 'nurse-route', 'desk', 'nurse-dossier', 'custodian', 'key-drill', 'start', 'allowlist', 'hostile-http', 'log'];

const projects: readonly (string | undefined)[] = ['stories', 'adapters', 'domain'];

/** Its types say that the class is the default of the default; its ES module gives the class itself. */
const JestSequencer = jest as unknown as typeof jest.default;

type TestFile = Parameters<InstanceType<typeof JestSequencer>['sort']>[0][number];

/** Jest's order knows durations from earlier runs, and a fresh machine has none: stories first, the longest of them at the head. */
export default class LongestFirst extends JestSequencer {
  override async sort(tests: TestFile[]): Promise<TestFile[]> {
    const byDuration = await super.sort(tests);
    return orderLongestFirst(byDuration, ({ path, context }) => ({ path, project: context.config.displayName?.name }));
  }
}

/** What is equal in both keeps its order. */
export function orderLongestFirst<T>(files: readonly T[], describe: (file: T) => { readonly path: string; readonly project: string | undefined }): T[] {
  const rankOf = (file: T) => {
    const { path, project } = describe(file);
    const long = longSpecs.indexOf(basename(path, '.spec.ts'));
    const place = projects.indexOf(project);
    return { project: place < 0 ? projects.length : place, long: project !== 'stories' || long < 0 ? longSpecs.length : long };
  };
  return files
    .map((file) => ({ file, rank: rankOf(file) }))
    .sort((one, other) => one.rank.project - other.rank.project || one.rank.long - other.rank.long)
    .map(({ file }) => file);
}
