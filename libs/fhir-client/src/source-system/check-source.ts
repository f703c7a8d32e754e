import { allowedCreates, readSourceCapabilities, type SourceCapabilities } from '@anw/fhir';
import { exchangeWithSource, type SourceConnection } from './source-exchange.js';

/** Asks a server what it is before it becomes an organisation's source. @throws SourceSystemError when it cannot be asked */
export async function checkSource(connection: SourceConnection, timeoutMilliseconds: number): Promise<SourceCapabilities> {
  const { body } = await exchangeWithSource(connection, { method: 'GET', url: `${connection.base}/metadata` }, AbortSignal.timeout(timeoutMilliseconds));
  return readSourceCapabilities(body, allowedCreates);
}
