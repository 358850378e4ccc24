import type { ClassifyRule } from '../rule.ts'

const text = ['text'] as const
const labelled = ['text', 'enum'] as const
const numbers = ['decimal', 'int'] as const

/** What people are called and known by, and suffer from, in several languages; and what opens something. */
export const privacyRules: readonly ClassifyRule[] = [
  { generator: 'email', piiClass: 'D', types: text, names: 'reply to,mail to,mail from,email to,email from,cc email,bcc,e mail address,correo,correo electronico,courriel,adresse mail,adresse email,epost,e post,invited by email' },
  { generator: 'firstName', piiClass: 'D', types: text, names: 'vorname,prenom,primer nombre,voornaam,imie,fornamn,etunimi,prenume,preferred name,maiden name,christian name,call name' },
  { generator: 'lastName', piiClass: 'D', types: text, names: 'nachname,familienname,nom de famille,apellido,primer apellido,segundo apellido,cognome,sobrenome,achternaam,nazwisko,efternamn,sukunimi,second name,paternal name,maternal name,birth name' },
  {
    generator: 'fullName', piiClass: 'D', types: text,
    names: 'nom complet,nombre completo,nome completo,vollstandiger name,complete name,emergency contact,next of kin,kin,guardian,parent,father,mother,spouse,husband,wife,partner name,' +
      'witness,beneficiary,nominee,signer,sender,attendee,organizer,organiser,instructor,teacher,physician,therapist,counselor,caregiver,landlord,tenant name,' +
      'referee,referred by,reported by,requested by name,approved by name,prepared by,mailing name,ship to,bill to,deliver to,addressee,payee,payer,donor,borrower,lender,policy holder,account name,account holder name,name on card,card name,former name,other name',
  },
  { generator: 'fullName', piiClass: 'D', types: text, names: 'nom,nombre,nome,naam,nama,imie i nazwisko', models: ['person'] },
  {
    generator: 'username', piiClass: 'D', types: text,
    names: 'usuario,benutzername,nom utilisateur,pseudo,pseudonym,gamertag,user handle,skype,skype id,telegram,telegram id,discord,discord id,wechat,line id,slack id,slack user id,steam id,tiktok,snapchat,youtube,mastodon,bluesky,reddit,pinterest,twitter id,facebook id,instagram id,x handle,social handle',
  },
  { generator: 'phone', piiClass: 'D', types: text, names: 'telefono,telefon,telefone,celular,movil,handy,handynummer,rufnummer,telefonnummer,numero telefono,numero telephone,portable,landline,pager,sms,caller,caller id,call from,call to,emergency number,phone no,contact no,dial number,whats app' },
  { generator: 'birthDate', piiClass: 'D', types: ['date', 'timestamp', 'text'], names: 'birth date,date of birth,birth day,geburtsdatum,geburtstag,fecha nacimiento,fecha de nacimiento,date naissance,date de naissance,data nascimento,data de nascimento,data di nascita,geboortedatum,born date' },
  { generator: 'birthDate', piiClass: 'D', types: ['date', 'timestamp'], names: 'died,died at,died on,died date,death date,date of death,deceased at,deceased on,deceased date,wedding date,date of marriage' },
  { generator: 'year', piiClass: 'Q', types: ['int'], names: 'birth year,year of birth,born year' },
  { generator: 'kind', piiClass: 'Q', types: labelled, names: 'marital status,civil status,marriage status,relationship status,family status,education level,education,native language,mother tongue' },
  {
    generator: 'nationalId', piiClass: 'D', types: text,
    names: 'cpf,rg,curp,nif,nie,dni,cedula,rut,bsn,pesel,cnp,oib,egn,amka,afm,national insurance,ni number,nino,social insurance number,aadhaar,aadhar,aadhar number,aadhaar number,pan card,pan card number,voter id,emirates id,identity card,identity card number,id card,id card number,id number,' +
      'national number,citizen id,citizen number,nric,mykad,ktp,nik,npwp,hkid,steuer id,steuernummer,personalausweis,codice fiscale,fiscal code,personnummer,fodselsnummer,residence permit,residence permit number,work permit,work permit number,visa number,passport no,passport id,' +
      'identity document,identity number,identification,identification number,document number,document id number,driver license no,driving license number,drivers license,driver licence number,license number,personal id,personal identification number,government id,ssn last 4,ssn hash,taxpayer id,tax file number,tax payer number,individual tax number',
    models: ['person'],
  },
  {
    generator: 'nationalId', piiClass: 'D', types: text,
    names: 'cpf,curp,aadhaar,aadhar,nric,mykad,hkid,pesel,personnummer,codice fiscale,passport no,passport id,national number,identity card number,id card number,social insurance number,ni number,voter id,emirates id,ssn last 4,driving license number,driver license no,taxpayer id,personal id,government id,identity number,pan card number,citizen id',
  },
  { generator: 'medicalRecord', piiClass: 'S', types: text, names: 'nhs number,medicare number,medicaid number,health card,health card number,health insurance number,insurance number,insurance id,insurance policy number,insurance policy,policy holder id,numero convenio,numero afiliado,numero carteirinha,krankenversicherungsnummer,versichertennummer,member id number,patient id number,hospital number' },
  {
    generator: 'diagnosis', piiClass: 'S', types: text,
    names: 'medical history,past medical history,family medical history,medical condition,health condition,chronic condition,chronic disease,disease,illness,disability,treatment,treatment plan,prescription,vaccination,vaccine,immunization,lab result,test result,pregnancy,hiv status,mental health,health status,health issue,current medication,medication name,surgery,' +
      'injury,symptom description,clinical note,medical note,doctor note,dosage,lab request,lab order,follow up plan,care plan,dietary restriction,allergy note,special need,drug name,substance use,smoking status,alcohol use,addiction,criminal record,conviction,background check,immigration status,visa status,biometric,face encoding,face id,voice print,fingerprint template,dna,genome',
  },
  { generator: 'diagnosis', piiClass: 'S', types: text, names: 'blood pressure,heart rate,blood sugar,vital sign' },
  { generator: 'measure', piiClass: 'S', types: numbers, names: 'respiratory rate,respiration rate,blood pressure,systolic,diastolic,heart rate,pulse,glucose,blood sugar,bmi,body mass index,body temperature,cholesterol,oxygen saturation' },
  { generator: 'json', piiClass: 'S', types: ['json'], names: 'medical history,medical data,health data,allergy,diagnosis,medication,vital,vital sign,lab result,prescription,biometric,bank detail,bank account,payment detail,card detail' },
  { generator: 'belief', piiClass: 'S', types: labelled, names: 'caste,political view,political opinion,religious belief,religious affiliation,faith,denomination,sexuality,sexual preference,gender identity,tribe,ethnic origin,racial origin,trade union membership,veteran status,disability status,raca,raca cor,raza,razza,rasse,etnia,ethnie,religiao,religione,konfession,orientacion sexual,orientacao sexual' },
  {
    generator: 'salary', piiClass: 'S', types: numbers,
    names: 'base salary,basic salary,gross salary,net salary,monthly salary,hourly wage,hourly pay,pay rate,base pay,gross pay,net pay,take home pay,bonus,stipend,pension,earning,household income,monthly income,sueldo,salaire,gehalt,lohn,stipendio,salario,ctc,allowance,overtime pay,severance,alimony,debt,loan amount,mortgage',
  },
  { generator: 'accountNumber', piiClass: 'S', types: text, names: 'account no,ifsc,ifsc code,bsb,aba,routing,clabe,pix key,bank detail,upi id,upi,vpa,paypal,paypal id,wallet address,bitcoin address,crypto address,btc address,eth address,ethereum address,wallet,iban number,kontonummer,numero de cuenta,numero cuenta,account iban,payout account,beneficiary account' },
  {
    generator: 'secret', piiClass: 'C', types: ['text', 'bytes'],
    names: 'pass,pass code,passcode,pass phrase,passphrase,pin code hash,pin hash,security answer,secret answer,secret question answer,recovery key,recovery phrase,seed phrase,mnemonic,api secret,app secret,consumer secret,consumer key,shared secret,hmac secret,hmac key,jwt,jwt secret,session key,session secret,oauth token,oauth secret,' +
      'token hash,token digest,hashed rt,rt hash,hash rt,activation code,activation token,activation key,confirmation token,unlock token,remember token,magic link,magic link token,login code,login token,one time password,one time code,verification key,verify code,verify token,ssh key,ssh private key,pgp private key,master key,signing key,' +
      'encrypted key,encrypted data key,connection string,database url,database uri,db url,dsn,redis url,mongo uri,smtp password,license key,auth key,bot token,fcm token,apns token,expo push token,registration token,p 256 dh,auth header,authorization,authorization header,bearer token,personal access token,access code hash,door code,' +
      'contrasena,clave,senha,mot de passe,passwort,kennwort,wachtwoord,haslo,security stamp,password salt,password reset code,reset code,reset password token,reset password code,forgot password token,email verification token,email token,verification hash,webhook token,webhook key,deploy key,deploy token,service key,secret hash,partial key,key prefix secret,credential id,auth challenge,challenge',
  },
  { generator: 'key', piiClass: 'C', types: ['uuid'], names: 'api key,token,access token,refresh token,secret,secret key,session token,reset token,verification token,invite token,access key,auth token,magic link token,confirmation token,activation token,password reset token,bearer token,unsubscribe token,login token,share token,private key,api token' },
  { generator: 'ipAddress', piiClass: 'D', types: ['text', 'inet'], names: 'client address,remote host,forwarded for,x forwarded for,ip range,ip hash,ip v 6 address,ip v 4 address' },
  { generator: 'deviceId', piiClass: 'Q', types: text, names: 'advertising id,idfa,gaid,android id,udid,installation id,browser fingerprint,machine id,hardware id' },
  { generator: 'street', piiClass: 'D', types: text, names: 'direccion,endereco,indirizzo,adresse,strasse,straat,rue,calle,rua,address line 3,address 3,line 3,permanent address,current address,delivery address,residential address,home location,street name and number,full address,formatted address,house number,house no,hausnummer,numero casa,numero civico,numero exterior,numero interior,complemento,street number,door number,flat number,apartment number,po box' },
  { generator: 'region', piiClass: 'Q', types: text, names: 'neighborhood,neighbourhood,bairro,colonia,barrio,district,ward,suburb,kelurahan,kecamatan,provincia,departamento,bundesland,estado' },
  { generator: 'city', piiClass: 'Q', types: text, names: 'stadt,ville,ciudad,cidade,citta,wohnort,gemeinde,stad,miasto,kota,home town,birth city,birth country,place of residence' },
  { generator: 'postalCode', piiClass: 'Q', types: text, names: 'postleitzahl,plz,code postal,codigo postal,cep,pin code,zip postal code,kode pos,postnummer' },
  { generator: 'country', piiClass: 'Q', types: text, names: 'pays,pais,paese,country of birth,country of residence,country of origin' },
  { generator: 'image', piiClass: 'D', types: text, names: 'headshot,profile pic,profile img,portrait,selfie url,face image,id photo,passport photo,mugshot,user image,user photo,student img,photo id,id card image,signature path,signature file' },
  { generator: 'url', piiClass: 'D', types: text, names: 'social link,social url,linkedin profile,github profile,portfolio,portfolio url,personal site,profile,resume url,resume,cv,cv url,resume link,resume path,cv path,resume file,youtube url,tiktok url,calendly' },
]
