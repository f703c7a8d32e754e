/**
 * Opens the way to an address in the navigation of her phone. It hands over the address alone: no name, no visit, and no
 * word of where the question comes from.
 */
export function navigationUrl(address: string): string {
  return `https://www.google.com/maps/dir/?${new URLSearchParams({ api: '1', destination: address }).toString()}`;
}
