import type { ClassifyRule } from '../rule.ts'

const text = ['text'] as const

/** Keys, secrets, the network, and what programs write. */
export const technicalRules: readonly ClassifyRule[] = [
  { generator: 'passwordHash', piiClass: 'C', types: text, names: 'hash', models: ['credential'] },
  { generator: 'secret', piiClass: 'C', types: ['text', 'bytes'], names: 'refresh,access key,access key id,secret access key,key secret,preview character,preview char,request header,extra header,http header,custom header,two factor secret,env file value,env value,environment value,push subscription' },
  // Settings hold what opens other services; whoever may register holds a code.
  { generator: 'secret', piiClass: 'C', types: text, names: 'value', models: ['setting'] },
  { generator: 'secret', piiClass: 'C', types: text, names: 'subscription', models: ['notification'] },
  { generator: 'reference', piiClass: 'C', types: text, names: 'access code,join code,invite code,invitation code' },
  { generator: 'reference', piiClass: 'C', types: text, names: 'code', models: ['invitation'] },
  { generator: 'json', piiClass: 'C', types: ['json'], names: 'auth config,credential,secret,token,auth,oauth,api key,key,private key,service account,sso config' },
  { generator: 'reference', piiClass: 'K', types: text, names: 'public key,publishable key' },
  { generator: 'url', piiClass: 'D', types: text, names: 'linkedin,facebook,instagram,github,twitter,linkedin url,facebook url,instagram url,github url,twitter url,profile url,profile link,personal website' },
  { generator: 'url', piiClass: 'D', types: text, names: 'url,link,website,homepage,web site,website url,site,home page,blog', models: ['person'] },
  { generator: 'image', piiClass: 'D', types: text, names: 'image,picture,logo,image url,logo url,picture url,cover image,banner,thumbnail,thumbnail url', models: ['person'] },
  { generator: 'image', piiClass: 'N', types: text, names: 'image,picture,logo,image url,logo url,thumbnail,thumbnail url,picture url,cover image,banner,banner url,cover,icon url,favicon,background image,og image,preview image' },
  { generator: 'passwordHash', piiClass: 'C', types: text, names: 'password,password hash,hashed password,encrypted password,password digest,hash password' },
  { generator: 'secret', piiClass: 'C', types: ['text', 'bytes'], names: 'token,secret,api key,refresh token,access token,otp,pin,salt,session token,verification token,reset token,private key,client secret,secret key,invite token,id token,verification code,otp secret,totp secret,password reset token,hashed key,hashed secret key,signing secret,key hash,webhook secret,bearer,credential,auth token,push token,passkey,hashed token,device token,csrf token,encryption key,totp,mfa secret,code challenge,code verifier,nonce,recovery code,backup code,fast hashed secret key,display secret key,auth code,authorisation code,cookie,session state,authentication secret' },
  { generator: 'ipAddress', piiClass: 'D', types: ['text', 'inet'], names: 'ip,ip address,client ip,remote ip,remote address,last ip,last login ip,ip v 4,ip v 6,source ip,remote addr,host address' },
  { generator: 'macAddress', piiClass: 'Q', types: ['text', 'mac'], names: 'mac,mac address,hardware address' },
  { generator: 'deviceId', piiClass: 'Q', types: text, names: 'imei,device id,serial,serial number,device serial,device identifier,device fingerprint,fingerprint,visitor id,device token id' },
  { generator: 'userAgent', piiClass: 'Q', types: text, names: 'user agent,browser agent' },
  { generator: 'image', piiClass: 'D', types: text, names: 'avatar,photo,avatar url,photo url,profile picture,profile image,photo path,profile photo,avatar path,signature image,signature image url,selfie' },
  { generator: 'url', piiClass: 'N', types: text, names: 'url,link,website,href,homepage,web site,website url,uri,site,callback url,redirect url,webhook url,redirect uri,source url,external url,base url,video url,referer,referrer,home page,site url,file url,download url,canonical url,blog,callback,destination,target url,repository url,repo url,origin url,endpoint url,web url,webhook,video,audio,audio url' },
  { generator: 'domain', piiClass: 'N', types: text, names: 'domain,host,host name,domain name,server,fqdn,email domain,website domain,custom domain,site domain,referrer domain,referrer host' },
  { generator: 'hash', piiClass: 'N', types: ['text', 'bytes'], names: 'sha,hash,checksum,etag,commit,commit sha,sha 256,md 5,digest,file hash,content hash,sha 1,commit hash,sha 512,migration checksum,hashed,signature' },
  { generator: 'json', piiClass: 'F', types: ['json'], names: 'metadata,setting,config,payload,data,attribute,option,preference,property,extra,meta,change,body,context,parameter,param,request,response,raw,configuration,result,info,detail,custom field,header,environment,provider response,content,value,input,output,event data,argument,variable,state,scope,permission,filter,schema,query,embed,session,rule,condition,tuning,metric,dimension,order,visibility,definition,tree,example,share,argument list,arg,event,category,prompt,structure,layout,relation,tag,item,form,answer,feature,limit,permissions,meta data,detail json,json,blob,document' },
  { generator: 'vector', piiClass: 'F', types: ['vector'], names: 'embedding,vector,feature vector' },
  { generator: 'isbn', piiClass: 'N', types: text, names: 'isbn,isbn 13' },
  { generator: 'barcode', piiClass: 'N', types: text, names: 'ean,gtin,upc,barcode,ean 13,bar code' },
  { generator: 'sku', piiClass: 'K', types: text, names: 'sku,article number,product code,item number,part number,item code,stock code' },
  { generator: 'reference', piiClass: 'K', types: text, names: 'external id,stripe id,reference,code,number,order number,invoice number,reference number,tracking number,external reference,customer number,customer id,confirmation code,booking reference,provider reference,transaction id,stripe customer id,subscription id,coupon code,voucher code,coupon,promo code,referral code,ticket number,case number,contract number,policy number,claim number,po number,transaction number,payment intent,receipt number,batch number,request id,correlation id,trace id,external,short code,job id,google id,github id,provider account id,client id,customer reference,document number,short id,document id,key,identifier,span id,provider id,track id,session id,public id,event id,cache key,lookup key,entity id,object id,resource id,stripe price id,price id,message id,thread id,distinct id,run id' },
  { generator: 'key', piiClass: 'K', types: ['text', 'uuid', 'int'], names: 'id,uid,uuid,cuid,ulid,nanoid,guid,oid' },
]
