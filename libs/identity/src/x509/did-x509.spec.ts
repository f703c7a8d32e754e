import { Did } from '@anw/values';
import { encodeDidX509Value, isDidX509, parseDidX509 } from './did-x509.js';

const authority = 'Zr8hVt0m1q5o9bQ3nJ7cXyD4uWfE6sAgK2lPiTzRvYU';
const head = `did:x509:0:sha256:${authority}`;
const otherName = '2.16.528.1.1007.99.2110-1-1234-S-90000382-00.000-0';

const failureOf = (text: string) => {
  try {
    parseDidX509(text as Did);
    return 'accepted';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('did:x509 (Nuts RFC023; spec nuts-protocols §1.7)', () => {
  it('says which authority, and what the certificate says by policy and attribute', () => {
    const { authority: named, policies } = parseDidX509(Did.parse(`${head}::san:otherName:${otherName}::subject:O:Thuiszorg%20De%20Linde:L:Zwolle`));
    expect(named).toBe(authority);
    expect(Object.fromEntries([...policies].map(([policy, values]) => [policy, Object.fromEntries(values)]))).toEqual({
      san: { otherName },
      subject: { O: 'Thuiszorg De Linde', L: 'Zwolle' },
    });
  });

  it('is told from other methods', () => {
    expect([isDidX509(Did.parse(`${head}::subject:O:A`)), isDidX509(Did.parse('did:web:zorg.example'))]).toEqual([true, false]);
  });

  it.each(['san:otherName', 'san:dns', 'san:email', 'san:ip', 'subject:serialNumber', 'subject:CN', 'subject:L', 'subject:C', 'subject:O', 'subject:OU', 'subject:ST', 'subject:STREET'])('may name %s', (attribute) => {
    expect(failureOf(`${head}::${attribute}:x`)).toBe('accepted');
  });

  it.each([
    ['of another version', `did:x509:1:sha256:${authority}::subject:O:A`],
    ['with another digest', `did:x509:0:sha512:${authority}::subject:O:A`],
    ['with a digest that is too short', `did:x509:0:sha256:${authority.slice(1)}::subject:O:A`],
    ['with a padded digest', `${head}=::subject:O:A`],
    ['without a policy', head],
    ['with an empty policy', `${head}::`],
    ['with a policy that we do not read', `${head}::eku:1.3.6.1.5.5.7.3.2`],
    ['with an attribute that we do not read', `${head}::subject:X:A`],
    ['with an attribute of another policy', `${head}::san:O:A`],
    ['with an attribute without value', `${head}::subject:O`],
    ['with an empty value', `${head}::subject:O:`],
    ['with an attribute twice', `${head}::subject:O:A:O:B`],
    ['with a policy twice', `${head}::subject:O:A::subject:L:B`],
    ['with an escape that is none', `${head}::subject:O:%ZZ`],
  ])('is refused %s', (_what, did) => expect(failureOf(did)).toBe('malformed'));

  it.each(['Thuiszorg De Linde', "’t Hoge Huis (Zwolle)", 'a:b::c', '100%', "it's!*~", 'é'])('carries %j there and back', (value) => {
    const encoded = encodeDidX509Value(value);
    expect(encoded).toMatch(/^[A-Za-z0-9._%-]+$/);
    expect(parseDidX509(`${head}::subject:O:${encoded}` as Did).policies.get('subject')?.get('O')).toBe(value);
  });
});
