import { renderErrorPage, renderLoginPage } from './login-page.js';

describe('log-in page of the local region', () => {
  it('shows what was typed as text, never as markup', () => {
    const html = renderLoginPage({ action: '/inloggen/x', users: [], failed: true, username: '"><script>alert(1)</script>' });
    expect(html).not.toContain('<script>');
    expect(html).toContain('value="&quot;&gt;&lt;script&gt;');
  });

  it('is in Dutch, says so, and loads nothing from elsewhere', () => {
    const html = renderLoginPage({ action: '/inloggen/x', users: [], failed: false });
    expect(html).toContain('<html lang="nl">');
    expect(html).not.toMatch(/\b(?:src|href)=/);
    expect(html).not.toContain('http');
  });

  it('announces a failure to who cannot see it', () => {
    expect(renderLoginPage({ action: '/', users: [], failed: true })).toContain('role="alert"');
    expect(renderErrorPage('Kapot & <stuk>')).toContain('Kapot &amp; &lt;stuk&gt;');
  });
});
