import type { Check } from '../examination.js';
import { clientIsOurs } from './client.js';
import { configurationIsValid } from './configuration.js';
import { receiverAccepts } from './connectivity.js';
import { debugIsOff } from './debug.js';
import { dsnIsThere } from './dsn.js';
import { packagesAreSingle } from './duplicates.js';
import { entryStarts } from './entry.js';
import { hooksHaveTheirPlace } from './hooks.js';
import { moduleIsImportedOnce } from './modules.js';
import { personalDataStays } from './personal-data.js';
import { releaseIsSet } from './release.js';
import { sampleRatesFit } from './sample-rates.js';
import { shutdownHooksAreOn } from './shutdown-hooks.js';
import { sourceMapsFit } from './source-maps.js';
import { spoolIsUsable } from './spool.js';
import { startComesFirst } from './start-order.js';
import { variablesAreRead } from './variables.js';
import { versionsAreSupported } from './versions.js';

/** All checks of `doctor`. */
export const CHECKS: readonly Check[] = [
  entryStarts,
  configurationIsValid,
  dsnIsThere,
  receiverAccepts,
  startComesFirst,
  moduleIsImportedOnce,
  clientIsOurs,
  hooksHaveTheirPlace,
  packagesAreSingle,
  versionsAreSupported,
  sampleRatesFit,
  personalDataStays,
  debugIsOff,
  releaseIsSet,
  sourceMapsFit,
  shutdownHooksAreOn,
  spoolIsUsable,
  variablesAreRead,
];
