// What routes are told to do, at the beginning of a word: `add_subnet`, `batchGet`, `reset-password`.

const VERB =
  /^(?:abort|accept|activate|add|append|apply|approve|archive|assign|attach|authorize|batch|bulk|cancel|change|check|clear|clone|close|complete|confirm|convert|copy|create|deactivate|decline|decrypt|delete|deny|deploy|detach|disable|disconnect|dismiss|download|duplicate|edit|enable|encrypt|execute|export|fetch|find|finish|force|generate|get|grant|import|insert|install|invoke|join|leave|list|load|lock|lookup|make|mark|merge|migrate|modify|move|mute|open|pause|pin|poll|post|power|preview|process|publish|purge|put|query|read|reboot|rebuild|recover|refresh|refund|register|reject|release|reload|remove|rename|render|renew|reopen|replace|reply|request|resend|reset|resize|resolve|restart|restore|resume|retry|revert|revoke|rollback|rotate|run|save|schedule|search|select|send|set|share|shutdown|sign|star|start|stop|submit|subscribe|suspend|swap|sync|test|toggle|transfer|trigger|unarchive|unassign|unblock|undo|uninstall|unlock|unmute|unpin|unpublish|unregister|unstar|unsubscribe|unsuspend|update|upgrade|upload|upsert|validate|verify|vote|watch|withdraw|write)(?=$|[-_A-Z])/;

/** Whether a segment begins with a verb that APIs use, whole or before its next part. */
export function isVerb(word: string): boolean {
  return VERB.test(word.charAt(0).toLowerCase() + word.slice(1));
}
