import { ProblemDetails } from '@anw/api-contracts';
import { escapeHtml } from '../escape-html.js';

/** A problem as a page, for who typed an address or came back from a login that does not hold. No script; the look of the app. */
export function problemPage(problem: unknown, styles: readonly string[]): string {
  const { title, detail, reference } = ProblemDetails.parse(problem);
  return `<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
${styles.map((href) => `<link rel="stylesheet" href="${escapeHtml(href)}">`).join('\n')}
</head>
<body>
<main class="anw-login">
<div class="anw-login-card">
<h1 class="nl-heading nl-heading--level-2">${escapeHtml(title)}</h1>
${detail === undefined ? '' : `<p class="nl-paragraph">${escapeHtml(detail)}</p>`}
<p><a class="nl-button nl-button--primary anw-login-button" href="/">Naar het begin</a></p>
${reference === undefined ? '' : `<p class="anw-reference">Kenmerk: <code>${escapeHtml(reference)}</code></p>`}
</div>
</main>
</body>
</html>
`;
}
