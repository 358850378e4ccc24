import { wordsOf } from './words.ts'

/** What a model is about, as far as it says what its `name` or `title` holds. */
export type ModelRole = 'person' | 'company' | 'product' | 'category' | 'country' | 'currency' | 'city' | 'document' | 'file' | 'credential' | 'setting' | 'invitation' | 'notification'

/** By the last word of the model's name, which is its noun: `OrganisationMember` is a member. */
export function modelRole(model: string): ModelRole | undefined {
  const noun = wordsOf(model.split('.').at(-1) ?? model).at(-1) ?? ''
  return roles.get(noun)
}

const roles: ReadonlyMap<string, ModelRole> = new Map(
  Object.entries({
    person:
      'person people user customer member employee contact author patient student profile lead guest passenger staff teacher ' +
      'driver subscriber participant applicant candidate doctor nurse client buyer seller admin administrator attendee player ' +
      'recipient visitor worker instructor agent reviewer beneficiary tenant resident owner invitee human',
    company:
      'company organisation vendor supplier brand team workspace employer merchant business partner manufacturer bank ' +
      'publisher agency carrier institution hospital school university restaurant hotel store shop airline group',
    product: 'product item sku article good variant dish merchandise plan package',
    category: 'category tag genre topic label collection department section',
    country: 'country nation',
    currency: 'currency',
    city: 'city town',
    document: 'post page blog story document thread issue ticket task todo note event course lesson question project album',
    file: 'file attachment asset upload media image photo',
    credential: 'token password credential secret passkey',
    setting: 'config setting configuration variable',
    invitation: 'invite invitation',
    notification: 'notification',
  } satisfies Record<ModelRole, string>).flatMap(([role, nouns]) => nouns.split(' ').map((noun) => [noun, role as ModelRole] as const)),
)
