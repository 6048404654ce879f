export {
  DEFAULT_LIMIT as INBOX_DEFAULT_LIMIT,
  DEFAULT_PORT as INBOX_DEFAULT_PORT,
  startInbox,
  type Inbox,
} from './inbox.js';
export { type InboxItem } from './inbox-item.js';
export { InboxPortTakenError } from './inbox-port-taken-error.js';
export { projectFolderOf } from './sources/project-files.js';
