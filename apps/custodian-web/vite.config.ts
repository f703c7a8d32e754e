import { pagesConfig } from '@anw/web-ui/vite';

export default pagesConfig(import.meta.dirname);
