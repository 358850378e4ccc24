/**
 * The words of a name as rules spell them: `userEmails`, `user-email` and `USER_EMAIL` are all `user email`; plurals
 * are singular, abbreviations and words written together are spelt out.
 */
export function wordsOf(name: string): readonly string[] {
  return seams
    .reduce((text, seam) => text.replace(seam, '$1 $2'), name)
    .toLowerCase()
    .split(between)
    .filter((word) => word !== '')
    .flatMap((word) => (spelt.get(word) ?? spelt.get(singular(word)) ?? singular(word)).split(' '))
}

/** Where a word ends and the next begins without anything between them. Made once: the names are many. */
const seams = [/(\p{Ll}|\d)(\p{Lu})/gu, /(\p{Lu})(\p{Lu}\p{Ll})/gu, /(\p{L})(\d)/gu, /(\d)(\p{L})/gu]

const between = /[^\p{L}\d]+/u

/** The words of a column without those of its model in front: `user_email` of User is `email`. */
export function withoutModel(words: readonly string[], model: readonly string[]): readonly string[] {
  for (const prefix of [model, model.slice(-1)]) {
    if (prefix.length > 0 && words.length > prefix.length && prefix.every((word, at) => word === words[at])) {
      return words.slice(prefix.length)
    }
  }
  return words
}

function singular(word: string): string {
  if (word.length < 4 || /(?:ss|us|is|as|news|series|species)$/u.test(word)) return word
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  if (/(?:sses|shes|ches|xes)$/u.test(word)) return word.slice(0, -2)
  return word.endsWith('s') ? word.slice(0, -1) : word
}

const spelt: ReadonlyMap<string, string> = new Map(
  (
    'addr=address acct=account amt=amount avg=average bal=balance birthdate=birth date birthday=birth date cat=category ' +
    'cnt=count colour=color companyname=company name createdat=created at cust=customer datetime=date time dept=department ' +
    'desc=description descr=description dob=birth date emailaddress=email address ethnic=ethnicity filename=file name ' +
    'firstname=first name fname=first name forename=first name fullname=full name givenname=first name hostname=host name ' +
    'idx=index img=image inv=invoice ipaddress=ip address ipaddr=ip address lang=language lastname=last name lat=latitude ' +
    'licence=license lname=last name lng=longitude lon=longitude long=longitude middlename=middle name mob=mobile ' +
    'mname=middle name mimetype=mime type msg=message nickname=nick name no=number nr=number num=number org=organisation ' +
    'organization=organisation organizational=organisation passwd=password pct=percent pwd=password percentage=percent ' +
    'pic=picture phonenumber=phone number pos=position postcode=postal code prod=product pw=password qty=quantity ' +
    'ref=reference seq=sequence src=source tel=phone telephone=phone timestamp=time stamp timezone=time zone tmp=temporary ' +
    'ts=time stamp tx=transaction txn=transaction tz=time zone ua=user agent updatedat=updated at useragent=user agent ' +
    'username=user name usr=user zip=zip zipcode=zip code postalcode=postal code apikey=api key displayname=display name ' +
    'streetaddress=street address lastfour=last 4 dateofbirth=date of birth phoneno=phone number mobileno=mobile number ' +
    'surname=last name famname=last name postcodes=postal code pwdhash=password hash passwordhash=password hash ' +
    'accesstoken=access token refreshtoken=refresh token sessiontoken=session token secretkey=secret key privatekey=private key'
  )
    .split(/ (?=\S+=)/u)
    .map((pair) => pair.split('=') as [string, string]),
)
