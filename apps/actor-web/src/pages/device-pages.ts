/** What a nurse sets or ends on her device, and seldom: loaded together. */
export { LaunchPage } from './launch/LaunchPage.js';
export { NoticesPage } from './notices/NoticesPage.js';
export { ShiftPage } from './shift/ShiftPage.js';
