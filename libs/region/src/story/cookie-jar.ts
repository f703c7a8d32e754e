/** The cookies that a browser would keep for each host, as far as a scripted log-in needs them. */
export class CookieJar {
  private readonly byHost = new Map<string, Map<string, string>>();

  /** Takes the `Set-Cookie` lines of an answer from `url`. */
  keep(url: string, response: Response): void {
    const host = new URL(url).host;
    const cookies = this.byHost.get(host) ?? new Map<string, string>();
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const separator = pair.indexOf('=');
      const name = pair.slice(0, separator).trim();
      if (isOver(attributes)) cookies.delete(name);
      else cookies.set(name, pair.slice(separator + 1).trim());
    }
    this.byHost.set(host, cookies);
  }

  /** The `Cookie` header for `url`. */
  headerFor(url: string): string {
    const cookies = this.byHost.get(new URL(url).host) ?? new Map<string, string>();
    return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

function isOver(attributes: readonly string[]): boolean {
  return attributes.some((attribute) => {
    const [name = '', value = ''] = attribute.trim().split('=');
    if (name.toLowerCase() === 'max-age') return Number(value) <= 0;
    return name.toLowerCase() === 'expires' && Date.parse(value) <= Date.now();
  });
}
