import { Partner } from '../../partners/partner.js';
import { compileHttpClientSettings, httpClientShape } from './http-client-options.js';

export const httpClient = new Partner({
  name: 'httpClient',
  check: httpClientShape,
  compile: compileHttpClientSettings,
});
