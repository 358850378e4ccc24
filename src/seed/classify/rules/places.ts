import type { ClassifyRule } from '../rule.ts'

const text = ['text'] as const

/** Where something is. */
export const placeRules: readonly ClassifyRule[] = [
  { generator: 'street', piiClass: 'D', types: text, names: 'street,street address,address line,address 1,address line 1,line 1,street 1,street name,address,postal address,home address,billing address,shipping address,mailing address' },
  { generator: 'secondaryAddress', piiClass: 'D', types: text, names: 'address 2,address line 2,line 2,street 2,apartment,suite,unit number,floor' },
  { generator: 'city', piiClass: 'Q', types: text, names: 'city,town,locality,city name,municipality,place of birth,birth place' },
  { generator: 'city', piiClass: 'Q', types: text, names: 'name', models: ['city'] },
  { generator: 'region', piiClass: 'Q', types: text, names: 'state province,province,region,county,federal state,address state,state code,province code,region code,subdivision,subdivision 1,subdivision 2' },
  { generator: 'postalCode', piiClass: 'Q', types: text, names: 'zip,zip code,postal code,post code,postal' },
  { generator: 'country', piiClass: 'Q', types: text, names: 'country name,country' },
  { generator: 'country', piiClass: 'N', types: text, names: 'name', models: ['country'] },
  { generator: 'countryCode', piiClass: 'Q', types: text, names: 'country code,country iso,iso 2,iso,alpha 2,country iso 2' },
  { generator: 'countryCode', piiClass: 'N', types: text, names: 'code,iso code', models: ['country'] },
  { generator: 'callingCode', piiClass: 'N', types: text, names: 'calling code,dial code,dialling code,phone code,phone prefix' },
  { generator: 'latitude', piiClass: 'Q', types: ['decimal', 'text'], names: 'latitude,geo latitude' },
  { generator: 'longitude', piiClass: 'Q', types: ['decimal', 'text'], names: 'longitude,geo longitude' },
  { generator: 'timeZone', piiClass: 'N', types: text, names: 'time zone,time zone name,time zone id' },
  { generator: 'language', piiClass: 'N', types: text, names: 'locale,language,language code,locale code,preferred language,ui language' },
]
