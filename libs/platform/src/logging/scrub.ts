/** What no log line may hold, wherever it turns up: tokens and JWTs, numbers that look like a BSN, passwords in URLs. */
const secrets: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/\b(access_token|refresh_token|id_token|assertion|code|state|code_verifier|client_secret|password)=[^&\s"']+/gi, '$1=[redacted]'],
  [/\b(Bearer|DPoP|Basic)\s+[A-Za-z0-9._~+/=-]+/gi, '$1 [redacted]'],
  [/\beyJ[A-Za-z0-9_-]{5,}(\.[A-Za-z0-9_-]*)*/g, '[redacted token]'],
  [/(\w+:\/\/[^:/\s@]+):[^@\s/]+@/g, '$1:[redacted]@'],
  [/(?<![\w-])\d{9}(?![\w-])/g, '[redacted number]'],
];

/** Text with everything taken out that looks like a secret or a BSN: the last net, below what code logs on purpose. */
export function scrub(text: string): string {
  return secrets.reduce((scrubbed, [pattern, replacement]) => scrubbed.replace(pattern, replacement), text);
}
