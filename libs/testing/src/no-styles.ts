/** What a style sheet is to a specification that runs outside a browser: class names of CSS modules are their own keys. */
const styles: Readonly<Record<string, string>> = new Proxy({}, { get: (_target, name) => (typeof name === 'string' ? name : undefined) });

export default styles;
