/** Nesting deeper than this serves no document of the bolt and only costs stack in whoever walks it. */
const MAX_DEPTH = 50;

export type StrictJsonFailure = 'not-utf8' | 'syntax' | 'duplicate-member' | 'forbidden-member' | 'too-deep';

/** Text that is no JSON we read; `code` for machines, no part of the text in the message. */
export class StrictJsonError extends Error {
  override readonly name = 'StrictJsonError';
  constructor(
    readonly code: StrictJsonFailure,
    options?: ErrorOptions,
  ) {
    super(`JSON refused: ${code}`, options);
  }
}

/**
 * JSON in which every reader sees the same: no object names a member twice (RFC 8259 §4 leaves open which one counts,
 * so a signature check and an application may disagree), none is called `__proto__`, nesting is at most 50 deep,
 * bytes are UTF-8 without a byte order mark.
 * @throws StrictJsonError
 */
export function parseStrictJson(json: string | Uint8Array): unknown {
  const text = typeof json === 'string' ? json : decodeUtf8(json);
  const value = parse(text);
  assertMembersUnambiguous(text);
  return value;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new StrictJsonError('not-utf8', { cause });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The cause quotes the text, which may hold what logs must not.
    throw new StrictJsonError('syntax');
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/** Walks text that `JSON.parse` has accepted, so a string followed by a colon is a member's name and brackets match. */
function assertMembersUnambiguous(text: string): void {
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case OPEN_OBJECT:
      case OPEN_ARRAY:
        open.push(text.charCodeAt(at) === OPEN_OBJECT ? new Set() : undefined);
        if (open.length > MAX_DEPTH) throw new StrictJsonError('too-deep');
        break;
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        open.pop();
        break;
      case QUOTE: {
        const end = endOfString(text, at);
        if (isMemberName(text, end)) addMember(open.at(-1), text.slice(at, end));
        at = end - 1;
        break;
      }
    }
  }
}

/** Index just behind the closing quote of the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  let quote = text.indexOf('"', start + 1);
  while (isEscaped(text, quote)) quote = text.indexOf('"', quote + 1);
  return quote + 1;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes += 1;
  return backslashes % 2 === 1;
}

function isMemberName(text: string, behindString: number): boolean {
  let at = behindString;
  while (text.charCodeAt(at) <= 0x20) at += 1;
  return text.charCodeAt(at) === COLON;
}

/** Two spellings of one name, as `a` and its escape, are the same member. */
function addMember(members: Set<string> | undefined, quoted: string): void {
  const name = quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
  if (name === '__proto__') throw new StrictJsonError('forbidden-member');
  if (members?.has(name)) throw new StrictJsonError('duplicate-member');
  members?.add(name);
}
