const EMBEDDED = /^\/embedded\/([a-z0-9-]{1,64})(?=\/|$)/;

/** Short name of the organisation in whose own software these pages are shown in a frame; undefined in a window of their own. */
export function embeddedIn(): string | undefined {
  return EMBEDDED.exec(location.pathname)?.[1];
}

/** Where these pages begin: `/`, or below it in a frame. */
export function basePath(): string {
  return EMBEDDED.exec(location.pathname)?.[0] ?? '/';
}
