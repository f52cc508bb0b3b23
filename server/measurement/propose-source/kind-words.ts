/** Words that name a kind of record, in names of files, columns and in values. The weak ones are used of several kinds. */
export const kindWords: Readonly<Record<string, { readonly sure: readonly string[]; readonly weak: readonly string[]; /** How keys of such records begin. */ readonly keys: readonly string[] }>> = {
  incident: { sure: ['incident', 'incidents', 'inc', 'störung', 'störungen', 'vorfall', 'incidente', 'incidentes', 'incidencia', 'incidencias', 'incidenti', 'panne', 'storing', 'storingen', 'melding', 'meldingen', 'incydent', 'incydenty'], weak: ['ticket', 'tickets', 'helpdesk', 'servicedesk', 'case', 'cases', 'bug'], keys: ['INC', 'IM', 'IN'] },
  'service-request': { sure: ['request', 'requests', 'service request', 'ritm', 'serviceanfrage', 'demande', 'demandes', 'solicitud', 'solicitudes', 'petición', 'richiesta', 'richieste', 'aanvraag', 'solicitação', 'wniosek'], weak: ['ticket', 'tickets', 'helpdesk', 'servicedesk', 'order', 'orders', 'task', 'tasks'], keys: ['REQ', 'RITM', 'SR'] },
  change: { sure: ['change', 'changes', 'rfc', 'änderung', 'änderungen', 'changement', 'changements', 'cambio', 'cambios', 'cambiamento', 'wijziging', 'wijzigingen', 'mudança', 'zmiana'], weak: [], keys: ['CHG', 'CRQ', 'RFC', 'CH'] },
  problem: { sure: ['problem', 'problems', 'probleme', 'problème', 'problèmes', 'problema', 'problemas', 'problemi', 'problemen'], weak: [], keys: ['PRB', 'PBI', 'PM'] },
  outage: { sure: ['outage', 'outages', 'downtime', 'downtimes', 'unavailability', 'ausfall', 'ausfälle', 'indisponibilité', 'interrupción', 'disservizio', 'uitval', 'awaria'], weak: ['availability', 'uptime', 'maintenance'], keys: ['OUT'] },
  update: { sure: ['news', 'announcements', 'notifications'], weak: ['updates', 'communications'], keys: [] },
  'known-error': { sure: ['known error', 'known errors', 'kedb'], weak: [], keys: ['KE', 'PKE'] },
  release: { sure: ['release', 'releases', 'deployment', 'deployments', 'rollout', 'livraison'], weak: ['version', 'versions'], keys: ['REL', 'RLS'] },
  complaint: { sure: ['complaint', 'complaints', 'beschwerde', 'beschwerden', 'réclamation', 'réclamations', 'queja', 'quejas', 'reclamo', 'reclami', 'klacht', 'klachten'], weak: ['feedback'], keys: ['CMP'] },
  survey: { sure: ['survey', 'surveys', 'satisfaction', 'csat', 'nps', 'umfrage', 'zufriedenheit', 'enquête', 'encuesta', 'sondaggio'], weak: ['feedback', 'rating', 'score'], keys: [] },
  cost: { sure: ['cost', 'costs', 'kosten', 'coût', 'coûts', 'costes', 'costi', 'spend'], weak: ['budget', 'actual', 'finance'], keys: [] },
  demand: { sure: ['demand', 'bedarf', 'consumption', 'verbrauch'], weak: ['usage', 'volume', 'forecast'], keys: [] },
  asset: { sure: ['asset', 'assets', 'inventory', 'inventar', 'actif', 'activo', 'bezit'], weak: ['hardware', 'device', 'licence', 'serial'], keys: ['AST', 'P100'] },
  'configuration-item': { sure: ['cmdb', 'ci', 'cis', 'configuration item', 'configuration items', 'konfigurationselement'], weak: ['server', 'servers', 'hostname'], keys: ['CI'] },
  'security-incident': { sure: ['security incident', 'security incidents', 'sicherheitsvorfall', 'incident de sécurité', 'incidente de seguridad'], weak: ['security', 'threat', 'malware'], keys: ['SIR', 'SEC'] },
};
