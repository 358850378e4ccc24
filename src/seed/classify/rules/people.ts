import type { ClassifyRule } from '../rule.ts'

const text = ['text'] as const
const labelled = ['text', 'enum'] as const

/** Who somebody is, and how to reach them. */
export const peopleRules: readonly ClassifyRule[] = [
  // What is to be verified is an address: so it is in the tables of Auth.js.
  { generator: 'email', piiClass: 'D', types: text, names: 'identifier', models: ['credential'] },
  { generator: 'fullName', piiClass: 'D', types: text, names: 'signature', models: ['person'] },
  { generator: 'fullName', piiClass: 'D', types: text, names: 'typed signature,signature name,signed name' },
  { generator: 'email', piiClass: 'D', types: text, names: 'email,mail,email address,e mail,contact email' },
  { generator: 'firstName', piiClass: 'D', types: text, names: 'first name,given name,fore name' },
  { generator: 'lastName', piiClass: 'D', types: text, names: 'last name,family name,surname,sur name' },
  { generator: 'middleName', piiClass: 'D', types: text, names: 'middle name,middle initial' },
  {
    generator: 'fullName', piiClass: 'D', types: text,
    names: 'full name,legal name,real name,contact name,customer name,author name,person name,employee name,recipient,recipient name,' +
      'attention,contact person,account holder,card holder,card holder name,cardholder,cardholder name,signatory,author,assignee,sender name,' +
      'user full name,owner name,manager,manager name,doctor,patient name,guest name',
  },
  { generator: 'fullName', piiClass: 'D', types: text, names: 'name,display name', models: ['person'] },
  { generator: 'username', piiClass: 'D', types: text, names: 'user name,login,handle,nick name,nick,screen name,login name,alias' },
  { generator: 'phone', piiClass: 'D', types: text, names: 'phone,phone number,mobile,mobile number,mobile phone,cell,cell phone,fax,fax number,msisdn,whatsapp,contact number' },
  { generator: 'birthDate', piiClass: 'D', types: ['date', 'timestamp'], names: 'birth date,date of birth,birth,born,born at,born on' },
  { generator: 'age', piiClass: 'Q', types: ['int'], names: 'age,age year' },
  { generator: 'gender', piiClass: 'Q', types: labelled, names: 'gender,sex' },
  { generator: 'namePrefix', piiClass: 'Q', types: labelled, names: 'salutation,honorific,name prefix,title prefix,pronoun' },
  { generator: 'belief', piiClass: 'S', types: labelled, names: 'ethnicity,ethnic group,race,religion,sexual orientation,orientation,trade union,union membership,political party,political affiliation' },
  { generator: 'nationality', piiClass: 'Q', types: text, names: 'nationality,citizenship' },
  { generator: 'employer', piiClass: 'Q', types: text, names: 'company,employer,organisation,company name,organisation name,business name,employer name' },
  { generator: 'jobTitle', piiClass: 'Q', types: text, names: 'job,job title,occupation,profession,position title' },
  { generator: 'department', piiClass: 'Q', types: text, names: 'department,division,team name' },
  { generator: 'diagnosis', piiClass: 'S', types: text, names: 'diagnosis,icd,icd code,medication,drug,allergy,condition,symptom' },
  { generator: 'bloodType', piiClass: 'S', types: labelled, names: 'blood type,blood group,blood' },
  { generator: 'medicalRecord', piiClass: 'S', types: text, names: 'mrn,medical record number,patient number' },
  { generator: 'nationalId', piiClass: 'D', types: text, names: 'ssn,social security number,nin,national id,national insurance number,tax id,tin,passport,passport number,driver license,driver license number,driving license,national identity number,personal number' },
  { generator: 'licensePlate', piiClass: 'D', types: text, names: 'license plate,plate number,number plate,vrm,registration plate' },
  { generator: 'vin', piiClass: 'D', types: text, names: 'vin,vehicle identification number,chassis number' },
]
