/** The pages of one visit, loaded together: whoever sees a dossier can write, also when the connection goes meanwhile. */
export { DossierPage } from './dossier/DossierPage.js';
export { Visit } from './dossier/Visit.js';
export { HomeAccessPage } from './home-access/HomeAccessPage.js';
export { WrittenPage } from './drafts/WrittenPage.js';
export { EntryPage } from './write/EntryPage.js';
export { KindsPage } from './write/KindsPage.js';
export { NewEntry } from './write/NewEntry.js';
