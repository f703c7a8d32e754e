import { startApp } from '@anw/web-ui';
import { app } from './App.js';

startApp(app);
