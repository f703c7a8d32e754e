/** Independent implementations that specs meet; they come without types. */
declare module '@digitalbazaar/vc-bitstring-status-list' {
  export function decodeList(list: { readonly encodedList: string }): Promise<{ getStatus(index: number): boolean }>;
}

declare module '@digitalbazaar/vc-status-list' {
  export function decodeList(list: { readonly encodedList: string }): Promise<{ getStatus(index: number): boolean }>;
}
