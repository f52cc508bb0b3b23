/**
 * What tools call the standard fields of records: in English, German, French, Spanish, Italian, Dutch, Portuguese and Polish, the most
 * certain first. Accents and capitals do not matter; words such as “date” and “at” need not be listed.
 */
export const fieldNames: Readonly<Record<string, readonly string[]>> = {
  opened: ['opened', 'open', 'submitted', 'reported', 'logged', 'raised', 'registered', 'created', 'creation', 'start', 'eröffnet', 'eröffnung', 'gemeldet', 'erfasst', 'erstellt', 'angelegt', 'ouvert', 'ouverture', 'créé', 'création', 'apertura', 'abierto', 'creado', 'creación', 'aperto', 'creato', 'creazione', 'aangemeld', 'aangemaakt', 'geopend', 'abertura', 'aberto', 'criado', 'utworzono', 'zgłoszono'],
  responded: ['responded', 'first response', 'response', 'acknowledged', 'work started', 'work start', 'in progress', 'first reply', 'assigned', 'reaktion', 'angenommen', 'in Bearbeitung seit', 'prise en charge', 'première réponse', 'respuesta', 'primera respuesta', 'risposta', 'presa in carico', 'reactie', 'resposta'],
  restored: ['restored', 'resolved', 'resolution', 'solved', 'last resolved', 'fixed', 'completed', 'finished', 'gelöst', 'behoben', 'lösung', 'wiederhergestellt', 'erledigt', 'résolu', 'résolution', 'resuelto', 'resolución', 'solución', 'risolto', 'risoluzione', 'opgelost', 'afgehandeld', 'gereed', 'resolvido', 'resolução', 'rozwiązano'],
  closed: ['closed', 'closure', 'close', 'geschlossen', 'abgeschlossen', 'schließung', 'fermé', 'fermeture', 'clôture', 'clôturé', 'cerrado', 'cierre', 'chiuso', 'chiusura', 'gesloten', 'afgesloten', 'fechado', 'encerrado', 'encerramento', 'zamknięto'],
  due: ['due', 'deadline', 'target', 'sla due', 'due by', 'resolve by', 'fällig', 'frist', 'échéance', 'vencimiento', 'fecha límite', 'scadenza', 'streefdatum', 'vervaldatum', 'prazo', 'termin'],
  classification: ['category', 'classification', 'kategorie', 'klassifikation', 'catégorie', 'categoría', 'categoria', 'categorie', 'kategoria'],
  impact: ['impact', 'auswirkung', 'impacto', 'impatto', 'gevolg', 'wpływ'],
  urgency: ['urgency', 'dringlichkeit', 'urgence', 'urgencia', 'urgenza', 'urgentie', 'urgência', 'pilność'],
  priority: ['priority', 'prio', 'severity', 'priorität', 'schweregrad', 'priorité', 'gravité', 'prioridad', 'severidad', 'priorità', 'gravità', 'prioriteit', 'prioridade', 'priorytet'],
  service: ['service', 'business service', 'affected service', 'application', 'product', 'dienst', 'dienstleistung', 'anwendung', 'produkt', 'produit', 'servicio', 'aplicación', 'servizio', 'applicazione', 'toepassing', 'serviço', 'usługa'],
  customer: ['customer', 'client', 'company', 'organization', 'organisation', 'account', 'kunde', 'mandant', 'firma', 'société', 'cliente', 'empresa', 'azienda', 'klant', 'bedrijf', 'klient'],
  'configuration-item': ['configuration item', 'cmdb ci', 'ci', 'konfigurationselement', 'élément de configuration', 'elemento de configuración', 'configuratieitem'],
  'assigned-to': ['assigned to', 'assignee', 'assignment group', 'support group', 'agent', 'owner group', 'action owner first', 'resource', 'bearbeiter', 'zugewiesen an', 'assigné à', 'attribué à', 'asignado a', 'técnico', 'assegnato a', 'toegewezen aan', 'behandelaar', 'atribuído a', 'przypisany do'],
  'escalated-to': ['escalated to', 'escalation group', 'eskaliert an', 'escaladé à', 'escalado a'],
  'escalation-reason': ['escalation reason', 'reason of escalation', 'eskalationsgrund'],
  updates: ['updates', 'mod count', 'update count', 'number of updates', 'comments count', 'anzahl änderungen'],
  reassignments: ['reassignment count', 'reassignments', 'number of reassignments', 'hops', 'anzahl weiterleitungen', 'réaffectations', 'reasignaciones'],
  reopenings: ['reopen count', 'reopenings', 'reopens', 'reopened count', 'number of reopens', 'anzahl wiedereröffnungen', 'réouvertures', 'reaperturas'],
  major: ['major', 'major incident', 'großstörung', 'incident majeur', 'incidente mayor'],
  problem: ['problem id', 'problem', 'related problem', 'problem number', 'problemnummer'],
  cause: ['cause', 'root cause', 'caused by', 'ursache', 'cause racine', 'causa', 'oorzaak', 'przyczyna'],
  'target-met': ['target met', 'made sla', 'sla met', 'within sla', 'sla achieved', 'sla eingehalten', 'sla respecté', 'sla cumplido', 'sla rispettato'],
  started: ['started', 'start', 'begin', 'began', 'down', 'down since', 'outage start', 'from', 'beginn', 'anfang', 'ausfall von', 'début', 'inicio', 'inizio', 'aanvang', 'início', 'początek'],
  ended: ['ended', 'end', 'finish', 'up', 'restored', 'until', 'to', 'ende', 'ausfall bis', 'fin', 'fine', 'einde', 'fim', 'koniec'],
  planned: ['planned', 'scheduled', 'geplant', 'planifié', 'planificado', 'pianificato', 'gepland', 'planejado'],
  users: ['users', 'affected users', 'users affected', 'number of users', 'betroffene benutzer', 'utilisateurs'],
  given: ['given', 'sent', 'posted', 'published', 'gesendet', 'envoyé', 'enviado'],
  about: ['about', 'regarding', 'parent', 'incident', 'ticket'],
  to: ['recipient', 'recipients', 'sent to', 'empfänger', 'destinataire'],
  message: ['message', 'body', 'comment', 'nachricht'],
  'requested-by': ['requested by', 'requester', 'requestor', 'initiator', 'antragsteller', 'demandeur', 'solicitante', 'richiedente', 'aanvrager'],
  type: ['type', 'change type', 'release type', 'asset type', 'class', 'typ', 'art', 'tipo', 'soort'],
  state: ['state', 'status', 'zustand', 'statut', 'état', 'estado', 'stato', 'stan'],
  risk: ['risk', 'risk level', 'risiko', 'risque', 'riesgo', 'rischio'],
  approved: ['approved', 'approval', 'genehmigt', 'freigegeben', 'approuvé', 'aprobado', 'approvato', 'goedgekeurd'],
  'approved-by': ['approved by', 'approver', 'genehmigt von', 'approuvé par', 'aprobado por'],
  'planned-from': ['planned start', 'scheduled start', 'geplanter beginn', 'début planifié', 'inicio planificado', 'inizio pianificato', 'geplande start'],
  'planned-to': ['planned end', 'scheduled end', 'planned finish', 'geplantes ende', 'fin planifiée', 'fin planificado', 'fine pianificata', 'gepland einde'],
  implemented: ['implemented', 'actual end', 'completed', 'deployed', 'work end', 'umgesetzt', 'durchgeführt', 'mis en œuvre', 'implementado', 'implementato', 'uitgevoerd'],
  outcome: ['outcome', 'result', 'close code', 'closure code', 'ergebnis', 'résultat', 'resultado', 'risultato', 'resultaat'],
  reviewed: ['reviewed', 'review', 'überprüft', 'revu', 'revisado'],
  'review-result': ['review result', 'review notes'],
  remediation: ['backout plan', 'rollback plan', 'remediation', 'rückfallplan'],
  'test-result': ['test result', 'test plan result', 'testergebnis'],
  release: ['release', 'release number'],
  benefit: ['benefit', 'justification', 'nutzen'],
  fulfilled: ['fulfilled', 'completed', 'delivered', 'resolved', 'solved', 'finished', 'erfüllt', 'erledigt', 'geliefert', 'réalisé', 'livré', 'cumplido', 'entregado', 'evaso', 'vervuld', 'atendido'],
  'not-fulfilled': ['rejection reason', 'cancel reason', 'ablehnungsgrund'],
  model: ['request model', 'catalog item', 'cat item', 'catalogue item', 'katalogartikel'],
  resolved: ['resolved', 'resolution', 'solved', 'last resolved', 'fixed', 'completed', 'finished', 'gelöst', 'behoben', 'résolu', 'résolution', 'resuelto', 'resolución', 'risolto', 'opgelost', 'resolvido', 'rozwiązano'],
  'root-cause': ['root cause', 'cause', 'ursache', 'cause racine', 'causa raíz'],
  'root-cause-found': ['root cause found', 'rca completed', 'ursache gefunden'],
  workaround: ['workaround', 'umgehung', 'contournement', 'solución temporal'],
  'permanent-fix': ['permanent fix', 'permanent solution', 'fix notes'],
  'known-error': ['known error', 'bekannter fehler'],
  incidents: ['related incidents', 'incidents'],
  changes: ['related changes', 'changes', 'rfc'],
  recorded: ['recorded', 'registered', 'created', 'installed', 'purchased', 'erfasst', 'angelegt', 'créé', 'creado', 'aangemaakt'],
  updated: ['updated', 'last updated', 'modified', 'last modified', 'geändert', 'aktualisiert', 'modifié', 'actualizado'],
  retired: ['retired', 'decommissioned'],
  deployed: ['deployed', 'released', 'rollout', 'go live', 'ausgerollt'],
  owner: ['owner', 'responsible', 'eigentümer', 'verantwortlich', 'propriétaire', 'propietario', 'proprietario', 'eigenaar'],
  deliverables: ['deliverables'],
  'related-incidents': ['related incidents', 'incidents caused'],
  received: ['received', 'created', 'opened', 'eingegangen', 'reçu', 'recibido', 'ricevuto', 'ontvangen'],
  resolution: ['resolution', 'answer', 'lösung', 'antwort'],
  reported: ['reported', 'report sent'],
  performed: ['performed', 'survey', 'survey date', 'taken', 'completed', 'durchgeführt', 'réalisé', 'realizado'],
  sample: ['responses', 'respondents', 'answers', 'sample', 'antworten', 'réponses', 'respuestas'],
  population: ['population', 'invited', 'invitations', 'sent'],
  result: ['score', 'rating', 'satisfaction', 'csat', 'nps', 'note', 'bewertung', 'zufriedenheit', 'puntuación', 'punteggio'],
  period: ['period', 'month', 'quarter', 'periode', 'zeitraum', 'monat', 'mois', 'mes', 'mese', 'maand'],
  budget: ['budget', 'cost centre', 'cost center', 'kostenstelle'],
  actual: ['actual', 'spent', 'cost', 'ist', 'réel', 'gasto', 'spesa'],
  forecast: ['forecast', 'prognose', 'prévision', 'previsión'],
  variance: ['variance', 'deviation', 'abweichung', 'écart'],
  current: ['demand', 'current demand', 'volume', 'bedarf'],
  consumption: ['consumption', 'used', 'usage', 'verbrauch', 'consommation', 'consumo'],
  lifecycle: ['lifecycle', 'life cycle', 'install status', 'lebenszyklus'],
  location: ['location', 'site', 'standort', 'emplacement', 'ubicación', 'locatie'],
  value: ['purchase price', 'book value', 'cost', 'wert', 'valeur'],
  obligations: ['licence', 'license', 'lizenz', 'contract'],
  description: ['description', 'beschreibung', 'descripción', 'descrizione', 'omschrijving'],
  relationships: ['relationships', 'related cis', 'depends on'],
  'last-change': ['last change'],
};

/** What tells records apart. */
export const keyNames: readonly string[] = ['number', 'key', 'id', 'ticket id', 'ticket number', 'ticket', 'case id', 'case', 'case concept name', 'issue key', 'no', 'nr', 'nummer', 'ticketnummer', 'vorgangsnummer', 'incidentnummer', 'störungsnummer', 'numéro', 'número', 'identifiant', 'identificador', 'numero', 'meldingnummer', 'ref', 'reference', 'referenz', 'sr number', 'wo number'];

/** When a row of a history came to be. */
export const changeTimeNames: readonly string[] = ['updated', 'last updated', 'update', 'modified', 'last modified', 'change', 'changed', 'change timestamp', 'timestamp', 'time timestamp', 'event', 'activity', 'complete', 'transition', 'geändert', 'änderung', 'modifié', 'modification', 'actualizado', 'modificado', 'modificato', 'gewijzigd', 'zmieniono', 'date', 'time', 'datum', 'zeitpunkt', 'fecha', 'data'];

/** What a record’s state is. */
export const stateNames: readonly string[] = ['state', 'status', 'incident state', 'stage', 'phase', 'concept name', 'zustand', 'statut', 'état', 'estado', 'stato', 'fase', 'stan', 'activity', 'step', 'aktivität', 'activité', 'actividad', 'attività', 'activiteit', 'lifecycle transition'];

/** Whose hands a record is in. */
export const holderNames: readonly string[] = ['assignment group', 'assigned group', 'support group', 'team', 'queue', 'owner group', 'org group', 'gruppe', 'groupe', 'grupo', 'gruppo', 'groep', 'behandelgroep', 'assigned to', 'assignee', 'bearbeiter', 'org resource'];

/** What kind of record a row is, where a file holds several kinds. */
export const typeNames: readonly string[] = ['type', 'issue type', 'ticket type', 'record type', 'ticketart', 'vorgangsart', 'tipo', 'soort', 'art', 'work item type', 'sys class', 'class'];
