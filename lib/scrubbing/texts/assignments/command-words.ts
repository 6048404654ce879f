/** Words of command lines and protocols near which a password has no name of its own, as they are written there. */
export const COMMAND_WORDS: readonly string[] = (
  'config config:set configure user-secrets secret secrets parameter env variables setx SetEnv kv chpasswd passwd sudo htpasswd sqlplus expdp impdp nmcli net ' +
  'rclone vault lftp obscure xfreerdp signtool rabbitmqctl machine requirepass masterauth rootpw bindpw ' +
  'IDENTIFIED identified AUTH AUTHENTICATE PASS LOGIN APOP HELLO SETUSER setuser IDENTIFY'
).split(' ');
