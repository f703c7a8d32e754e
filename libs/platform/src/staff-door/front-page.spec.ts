import type { StaffUser } from '@anw/identity';
import { EmployeeIdentifier, OrganisationId, OrganisationName } from '@anw/values';
import { frontPage } from './front-page.js';

const user: StaffUser = {
  organisationId: OrganisationId.parse('77aa1111-1111-4111-8111-111111111111'),
  organisation: OrganisationName.parse('de-linde'),
  identifier: EmployeeIdentifier.parse('e-10442'),
  name: 'Noor "<script>" de Wit',
  roleName: 'Verpleegkundige',
  roles: ['nurse'],
  assuranceLevel: 'substantial',
  authenticatedAt: new Date('2026-01-01T19:00:00Z'),
  means: 'employer-oidc',
};

describe('front page of a staff door', () => {
  it('says which service it is and where to log in', () => {
    const page = frontPage('Meldtafel van de regisseur', undefined);
    expect(page).toContain('<h1>Meldtafel van de regisseur</h1>');
    expect(page).toContain('<a href="/login">Inloggen</a>');
  });

  it('says to whoever is logged in who she is, in Dutch time', () => {
    const page = frontPage('Bronhouder', user);
    for (const fact of ['e-10442', 'Verpleegkundige', 'de-linde', '1 januari 2026 om 20:00']) expect(page).toContain(fact);
  });

  it('takes a name as text, never as markup', () => {
    expect(frontPage('Bronhouder', user)).toContain('Noor &quot;&lt;script&gt;&quot; de Wit');
  });

  it.each([undefined, user])('needs no script, no style and nothing from elsewhere', (someone) => {
    expect(frontPage('Bronhouder', someone)).not.toMatch(/<script|<style|<link|style=|src=|https?:/);
  });
});
