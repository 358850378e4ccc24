import type { ClassifyRule } from '../rule.ts'

const ints = ['int'] as const
const numbers = ['int', 'decimal'] as const

/** How many, how much, which place in an order; and what is so or not. */
export const numberRules: readonly ClassifyRule[] = [
  { generator: 'count', piiClass: 'N', types: ints, names: 'quantity,count,stock,view,like,unit,seat,total count,hit,download,use count,use,attempt,retry,retry count,number of,visit,clap,vote,point,max,min,limit,size limit,max attempt,capacity,follower,following,comment count,threshold,inventory,max view,max use,token count,level,impression,click,streak,coin,credit,total token,input token,output token,prompt token,completion token,guest,bed,room,bedroom,bathroom,adult,child,people,page,total page,usage,max size,weight,height,width,length,depth,volume,weight gram,distance,stock quantity,reserved,available,on hand,score count,quota' },
  { generator: 'measure', piiClass: 'N', types: ['decimal'], names: 'weight,height,width,length,depth,volume,distance,area,temperature,speed,quantity,weight kg,weight gram,hour,value,number,mileage,humidity,measurement,altitude,elevation' },
  { generator: 'percent', piiClass: 'N', types: numbers, names: 'percent,discount percent,rollout percent,tax rate,vat rate,discount,commission rate,progress,completion,tax percent,battery level,utilisation,coverage,percent complete,interest rate' },
  { generator: 'ratio', piiClass: 'N', types: ['decimal'], names: 'rate,ratio,share,probability,confidence,sampling,exchange rate,similarity,accuracy,conversion rate,sample rate,sampling rate,opacity,temperature setting,proportion,weighting,factor,multiplier' },
  { generator: 'rating', piiClass: 'N', types: numbers, names: 'rating,star,review rating,grade' },
  { generator: 'score', piiClass: 'N', types: numbers, names: 'score,rank score,relevance,karma,reputation,points score,priority score' },
  { generator: 'position', piiClass: 'N', types: ints, names: 'position,sort,order,rank,sequence,sort order,display order,order index,index,ordinal,priority,line number,seat number,row number,sort index,step,step number,row,column,col,row order,slot,chapter' },
  { generator: 'version', piiClass: 'N', types: ints, names: 'version,revision,lock version,row version,version number,build number,schema version' },
  { generator: 'versionText', piiClass: 'N', types: ['text'], names: 'version,app version,release,sdk version,api version,os version,browser version,build,service version' },
  { generator: 'byteSize', piiClass: 'N', types: numbers, names: 'size,file size,byte,size byte,content length,size in byte,bytes total,byte size' },
  { generator: 'port', piiClass: 'N', types: ints, names: 'port,port number' },
  { generator: 'statusCode', piiClass: 'N', types: ints, names: 'status code,http status,response status,response code,http status code' },
  { generator: 'active', piiClass: 'N', types: ['bool'], names: 'is active,active,enabled,is enabled,is visible,visible,is available,available,is public,public,published,is published,verified,is verified,email verified,confirmed,is valid,valid,success,accepted,is accepted,is current,in stock,is read' },
  { generator: 'blocked', piiClass: 'N', types: ['bool'], names: 'deleted,is deleted,blocked,is blocked,banned,is banned,archived,is archived,disabled,is disabled,suspended,is suspended,locked,is locked,is admin,admin,is superuser,is default,default,is primary,primary,is spam,spam,is hidden,hidden,revoked,is test,is system,deprecated,is deprecated,failed,is failed,cancelled,refunded,is staff,is internal,is bot,is anonymous' },
  { generator: 'flag', piiClass: 'N', types: ['bool'], names: 'licensed,required,searchable,unique,override,bookmarked,favorite,favourite,compressed,notified,complete,used,nullable,editable,optional,pinned,featured,starred,muted,administrator,is,has,can,should,allow,require,show,use,in,was,did,needs,must,enable,hide,accepts,supports,notify,include,auto,opted in,opt in,consent,subscribed,marketing consent' },
]
