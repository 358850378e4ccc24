import type { CatalogQuestion } from './question.ts'
import { aggregates } from './questions/aggregates.ts'
import { baseTypes } from './questions/base-types.ts'
import { casts } from './questions/casts.ts'
import { collations } from './questions/collations.ts'
import { columns } from './questions/columns.ts'
import { comments } from './questions/comments.ts'
import { compositeTypes } from './questions/composite-types.ts'
import { constraints } from './questions/constraints.ts'
import { databaseSettings } from './questions/database-settings.ts'
import { defaultPrivileges } from './questions/default-privileges.ts'
import { disabledConstraints } from './questions/disabled-constraints.ts'
import { domainConstraints } from './questions/domain-constraints.ts'
import { domains } from './questions/domains.ts'
import { enums } from './questions/enums.ts'
import { eventTriggers } from './questions/event-triggers.ts'
import { extensionDependencies } from './questions/extension-dependencies.ts'
import { extensions } from './questions/extensions.ts'
import { foreignData } from './questions/foreign-data.ts'
import { grants } from './questions/grants.ts'
import { indexes } from './questions/indexes.ts'
import { operatorClasses } from './questions/operator-classes.ts'
import { operators } from './questions/operators.ts'
import { otherObjects } from './questions/other-objects.ts'
import { partitions } from './questions/partitions.ts'
import { policies } from './questions/policies.ts'
import { publications } from './questions/publications.ts'
import { rangeTypes } from './questions/range-types.ts'
import { routines } from './questions/routines.ts'
import { rules } from './questions/rules.ts'
import { schemas } from './questions/schemas.ts'
import { sequences } from './questions/sequences.ts'
import { statistics } from './questions/statistics.ts'
import { subscriptions } from './questions/subscriptions.ts'
import { systemComments } from './questions/system-comments.ts'
import { systemGrants } from './questions/system-grants.ts'
import { tables } from './questions/tables.ts'
import { textSearch } from './questions/text-search.ts'
import { toastTables } from './questions/toast-tables.ts'
import { triggers } from './questions/triggers.ts'
import { userMappings } from './questions/user-mappings.ts'
import { views } from './questions/views.ts'

/** Every question of the folder `questions/`; a test compares this list with the folder. */
export const catalogQuestions: readonly CatalogQuestion[] = [
  aggregates,
  baseTypes,
  casts,
  collations,
  columns,
  comments,
  compositeTypes,
  constraints,
  databaseSettings,
  defaultPrivileges,
  disabledConstraints,
  domainConstraints,
  domains,
  enums,
  eventTriggers,
  extensionDependencies,
  extensions,
  foreignData,
  grants,
  indexes,
  operatorClasses,
  operators,
  otherObjects,
  partitions,
  policies,
  publications,
  rangeTypes,
  routines,
  rules,
  schemas,
  sequences,
  statistics,
  subscriptions,
  systemComments,
  systemGrants,
  tables,
  textSearch,
  toastTables,
  triggers,
  userMappings,
  views,
]
