import type { FetchStatusList } from '@anw/credentials';
import type { OutboundFetch } from '@anw/outbound';

/** A page of 131 072 bits is 16 KiB before compression; with signature and encoding well below this. */
const MAX_BYTES = 256 * 1024;

/** Fetches status lists of partners. */
export function createStatusListFetch(fetch: OutboundFetch): FetchStatusList {
  return async (url) => {
    const response = await fetch(url, { headers: { accept: 'application/vc+jwt, application/json' }, maxResponseBytes: MAX_BYTES });
    if (response.status !== 200) throw new Error(`status list was answered with ${response.status}`);
    return response.text();
  };
}
