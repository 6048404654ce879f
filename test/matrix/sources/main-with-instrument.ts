// The first of the documented ways to start: Sentry first, then the application.
import './instrument.js';
import './main.js';
