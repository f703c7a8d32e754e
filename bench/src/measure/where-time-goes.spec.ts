import type { CpuProfile } from './cpu-profile.js';
import { whereTimeGoes } from './where-time-goes.js';

/** A call tree: each node under the one before it that is indented less. */
function profileOf(calls: readonly (readonly [depth: number, functionName: string, url: string, microseconds: number])[]): CpuProfile {
  const nodes = calls.map(([, functionName, url], index) => ({ id: index + 1, callFrame: { functionName, url }, children: [] as number[] }));
  calls.forEach(([depth], index) => {
    for (let above = index - 1; above >= 0; above -= 1) {
      if (calls[above]![0] < depth) {
        nodes[above]!.children.push(index + 1);
        break;
      }
    }
  });
  return { nodes, samples: calls.map((_, index) => index + 1), timeDeltas: [0, ...calls.map(([, , , microseconds]) => microseconds)] };
}

describe('where the time of a service goes', () => {
  it("counts Node's own code for whoever called it", () => {
    const shares = whereTimeGoes(
      profileOf([
        [0, '(root)', '', 0],
        [1, 'query', 'file:///x/node_modules/pg/lib/client.js', 100],
        [2, 'writev', '', 200],
        [1, 'onread', 'node:internal/stream_base_commons', 100],
      ]),
    );
    expect(shares).toEqual([
      { name: 'database client and stores', percent: 75 },
      { name: 'sockets, TLS and HTTP parser', percent: 25 },
      { name: 'event loop and engine', percent: 0 },
    ]);
  });

  it('counts a signature as one, whoever asked for it', () => {
    const [first] = whereTimeGoes(
      profileOf([
        [0, 'verifyCredential', 'file:///x/libs/credentials/dist/verify-credential.js', 50],
        [1, 'verifyOneShot', 'node:internal/crypto/sig', 150],
      ]),
    );
    expect(first).toEqual({ name: 'verifying and making signatures, hashes, random numbers', percent: 75 });
  });

  it('does not count waiting', () => {
    const shares = whereTimeGoes(
      profileOf([
        [0, '(idle)', '', 9_000],
        [0, '(garbage collector)', '', 10],
      ]),
    );
    expect(shares).toEqual([{ name: 'garbage collection', percent: 100 }]);
  });
});
