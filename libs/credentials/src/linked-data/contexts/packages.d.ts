/** The packages that ship W3C contexts come without types. */
declare module '@digitalbazaar/credentials-context' {
  export const contexts: ReadonlyMap<string, object>;
}

declare module '@digitalbazaar/vc-status-list-context' {
  const shipped: { readonly contexts: ReadonlyMap<string, object> };
  export default shipped;
}
