import { LogLines } from '../service/example-service.fixture.js';
import { scrub } from './scrub.js';

describe('what a log line never holds', () => {
  it.each([
    ['a token', 'Authorization: Bearer Zm9v.YmFy-_~', 'Authorization: Bearer [redacted]'],
    ['a DPoP token', 'DPoP abc.def', 'DPoP [redacted]'],
    ['a JWT', 'could not read eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln here', 'could not read [redacted token] here'],
    ['a BSN', 'patient 999990019 unknown', 'patient [redacted number] unknown'],
    ['a password in a URL', 'postgres://app:hunter2@db/anw', 'postgres://app:[redacted]@db/anw'],
    ['a login code', 'GET /callback?code=abc123&state=def456', 'GET /callback?code=[redacted]&state=[redacted]'],
    ['a presentation', 'assertion=eyJhbGciOi&scope=x', 'assertion=[redacted]&scope=x'],
  ])('%s', (_what, text, scrubbed) => {
    expect(scrub(text)).toBe(scrubbed);
  });

  it.each(['6f0c1111-1111-4111-8111-123456789012', '2026-01-01T22:00:00.123Z', 'port 4120 in 1767294000123 ms'])('and keeps %s', (text) => {
    expect(scrub(text)).toBe(text);
  });

  it('leaves out what drivers put beside a message: statements, parameters, conflicting values', () => {
    const log = new LogLines();
    const error = Object.assign(new Error('duplicate key'), { code: '23505', detail: 'Key (name)=(S. Bakker)', parameters: ['S. Bakker'], query: 'INSERT …' });
    log.logger.unexpected(new Error('insert failed', { cause: error }), 'r-1');
    expect(log.lines[0]).toMatchObject({ reference: 'r-1', error: { message: 'insert failed', cause: { message: 'duplicate key', code: '23505' } } });
    expect(log.text).not.toContain('Bakker');
  });

  it('is decided for facts and for Nest’s own lines too', () => {
    const log = new LogLines();
    log.logger.info('asked', { query: 'bsn 999990019' });
    log.logger.error('failed for 999990019', 'stack with eyJhbGciOiJFUzI1NiJ9.x.y', 'Context');
    log.logger.warn(new Error('Bearer abc'));
    expect(log.text).not.toMatch(/999990019|eyJ|abc/);
  });
});
