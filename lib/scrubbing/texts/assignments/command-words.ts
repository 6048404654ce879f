/** Words of command lines and protocols near which a password has no name of its own. */
export const COMMAND_WORDS: readonly string[] = (
  'config config:set user-secrets configure secret secrets parameter env variables setx kv chpasswd passwd sudo auth authenticate pass login apop setuser requirepass masterauth ' +
  'rootpw bindpw identify machine rabbitmqctl htpasswd sqlplus expdp impdp nmcli net rclone vault lftp hello obscure xfreerdp signtool'
).split(' ');
