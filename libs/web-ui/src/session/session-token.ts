let token: string | undefined;

/**
 * For a page that is shown inside other software, where browsers keep no cookies of ours: every request from now on
 * carries this token instead. It lives in this document's memory alone. `undefined` forgets it.
 */
export function carrySessionToken(newToken: string | undefined): void {
  token = newToken;
}

/** What a request says about its session beside the cookie. */
export function sessionHeaders(): Readonly<Record<string, string>> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}
