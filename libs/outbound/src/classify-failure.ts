import { OutboundError, type OutboundFailure } from './outbound-error.js';

/** What went wrong in the words of this lib, whichever layer found it. */
export function toOutboundError(error: unknown, host: string, callerSignal: AbortSignal | undefined): OutboundError {
  if (error instanceof OutboundError) return error;
  return new OutboundError(callerSignal?.aborted ? 'aborted' : failureOf(error), host, { cause: error });
}

const timeouts: readonly string[] = ['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT'];

/** OpenSSL's verification results (X509_V_ERR_…) and Node's own TLS errors. */
const tlsCode = /^(?:ERR_TLS_|ERR_SSL_|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|EPROTO)/;

function failureOf(error: unknown): OutboundFailure {
  const { code, name } = error as { code?: unknown; name?: unknown };
  if (name === 'TimeoutError' || timeouts.includes(String(code))) return 'timeout';
  return tlsCode.test(String(code)) ? 'tls' : 'unreachable';
}
