import type { RawAnswer } from './raw-request.js';

/** What betrays the inside: stack frames, places in a file system, products and their versions, SQL. */
const traces: readonly RegExp[] = [/\bat \S+ \(?\S*:\d+:\d+/, /node_modules|node:internal|file:\/\/|\/(?:home|work|usr|tmp|var)\//, /\.(?:ts|js|mjs):\d+/, /fastify|nestjs|express\b|postgres|typeorm|undici|openssl|node\.js|nats:/i, /\b(?:select|insert into|update) .+ (?:from|values|set)\b/i, /ECONNREFUSED|ENOENT|TypeError|SyntaxError|ZodError/];

/** The first trace of the inside in an answer that says no; undefined when there is none. */
export function leakIn({ headers, text }: Pick<RawAnswer, 'headers' | 'text'>): string | undefined {
  const told = ['x-powered-by', 'server', 'via', 'x-runtime'].find((name) => headers[name] !== undefined);
  return told ?? traces.map((trace) => trace.exec(text)?.[0]).find((found) => found !== undefined);
}
