import { Injectable } from '@nestjs/common';

/** Which sites may show a document of the staff door in a frame of theirs (CSP 3, `frame-ancestors`). */
export abstract class FrameAncestors {
  /** Origins for the document at a path; none: nobody may. */
  abstract originsFor(path: string): Promise<readonly string[]>;
}

/** A service whose pages stand on their own. */
@Injectable()
export class NoFrameAncestors extends FrameAncestors {
  originsFor(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }
}

/** A content security policy that lets these origins frame the document instead of nobody. */
export function framedBy(policy: string, origins: readonly string[]): string {
  return policy.replace(/frame-ancestors [^;]*/, `frame-ancestors ${origins.join(' ')}`);
}
