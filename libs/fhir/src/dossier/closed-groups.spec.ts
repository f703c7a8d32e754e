import { anw2022Policy } from '@anw/authorization';
import { closedGroups, dossierOutline } from './closed-groups.js';

describe('groups of the dossier that an authorization does not open', () => {
  it('are none when it opens all of the policy', () => {
    expect(closedGroups((type) => `/${type}` in anw2022Policy)).toEqual([]);
  });

  it('are those whose searches it leaves out', () => {
    const maySearch = (type: string) => type !== 'Flag' && type !== 'RelatedPerson';
    expect(closedGroups(maySearch)).toEqual(['Alerts', 'Contra-indicaties', 'Contactpersonen']);
    expect(dossierOutline(maySearch)[0]).toEqual({ name: 'allergy-intolerance', chapter: 'Aan de deur', title: 'Allergieën en intoleranties' });
  });
});
