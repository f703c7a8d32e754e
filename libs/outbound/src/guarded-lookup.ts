import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isAllowedInternal, isLocalhostName } from './allowed-hosts.js';
import { OutboundError } from './outbound-error.js';
import { isPublicAddress } from './public-address.js';

export type ResolveHost = (host: string) => Promise<readonly LookupAddress[]>;

/**
 * The name look-up of the connection itself, so that the address that was checked is the address connected to: a name
 * that answers differently the second time gains nothing. One internal address among the answers refuses them all.
 */
export function createGuardedLookup(allowedInternalHosts: readonly string[], resolveHost: ResolveHost): LookupFunction {
  async function addressesOf(host: string): Promise<readonly LookupAddress[]> {
    const isInternal = isAllowedInternal(host, allowedInternalHosts);
    if (isInternal && isLocalhostName(host)) return [{ address: '127.0.0.1', family: 4 }];
    const addresses = await resolveHost(host);
    if (addresses.length === 0) throw new OutboundError('unreachable', host);
    if (!isInternal && !addresses.every(({ address }) => isPublicAddress(address))) throw new OutboundError('forbidden-address', host);
    return addresses;
  }

  return (host, options, callback) => {
    addressesOf(host).then(
      (addresses) => (options.all ? callback(null, [...addresses]) : callback(null, addresses[0]!.address, addresses[0]!.family)),
      (error: NodeJS.ErrnoException) => callback(error, options.all ? [] : ''),
    );
  };
}
