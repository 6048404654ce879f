import type { VendorKey } from './vendor-key.js';

/** What frameworks put into cookies and headers, and tokens that no single vendor issues. */
export const SESSION_KEYS: readonly VendorKey[] = [
  ['laravel', 'eyJpdiI6[A-Za-z0-9+/%_-]{60,}={0,2}', 'eyJpdiI6{x160}', 'laravel.com'],
  ['aspnet', 'CfDJ8[\\w-]{60,}', 'CfDJ8{w160}', 'learn.microsoft.com'],
  [
    'flask',
    'eyJ[\\w-]{8,}\\.[\\w-]{5,7}\\.[\\w-]{27,43}(?![\\w-])',
    'eyJ{w40}.{w6}.{w27}',
    'itsdangerous.palletsprojects.com',
  ],
  ['django', 'django-insecure-[\\w!@#$%^&*()+=-]{40,60}', 'django-insecure-{x50}', 'docs.djangoproject.com'],
  ['paseto', 'v[1-4]\\.(?:local|public)\\.[\\w-]{20,}(?:\\.[\\w-]{1,400})?', 'v4.local.{w120}', 'paseto.io'],
  ['macaroon', 'MDAx[A-Za-z0-9+/_-]{60,}={0,2}', 'MDAx{x100}', 'libmacaroons'],
  ['ntlm', 'TlRMTVNTUAAD[A-Za-z0-9+/]{40,}={0,2}', 'TlRMTVNTUAAD{x80}', 'MS-NLMP'],
  ['age', 'AGE-SECRET-KEY-PQ-1[A-Z0-9]{50,}', 'AGE-SECRET-KEY-PQ-1{A58}', 'age-encryption.org'],
  ['jwt-json', 'eyJhbGciOi[\\w-]{20,}\\.[\\w-]{10,}\\.[\\w-]{10,}', 'eyJhbGciOi{w30}.{w30}.{w40}', 'RFC 7519'],
];
