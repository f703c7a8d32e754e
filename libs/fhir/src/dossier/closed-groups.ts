import { allowedSearches } from '../r4/search-policy.js';
import { type DossierChapter, dossierGroups, type GroupDefinition } from './dossier-groups.js';

/** What a dossier is going to show, before any of it came: every group in its order. */
export interface DossierOutlineItem {
  readonly name: string;
  readonly chapter: DossierChapter;
  readonly title: string;
}

/** The groups that an authorization opens. @param maySearch whether it opens searches of this FHIR type */
export function dossierOutline(maySearch: (type: string) => boolean): readonly DossierOutlineItem[] {
  return dossierGroups.filter((group) => isOpen(group, maySearch)).map(({ name, chapter, title }) => ({ name, chapter, title }));
}

/** Titles of the groups that it does not open at all. */
export function closedGroups(maySearch: (type: string) => boolean): readonly string[] {
  return dossierGroups.filter((group) => !isOpen(group, maySearch)).map(({ title }) => title);
}

/** What stands in the Patient is no search of the group. */
function isOpen({ lines }: GroupDefinition, maySearch: (type: string) => boolean): boolean {
  return lines.some(({ part }) => part !== 'patient' && allowedSearches.some(({ name, type }) => name === part && maySearch(type)));
}
