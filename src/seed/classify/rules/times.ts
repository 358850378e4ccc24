import type { ClassifyRule } from '../rule.ts'

const others = ['int', 'text'] as const
const instants = ['timestamp', 'date'] as const

/** When something happened or will. */
export const timeRules: readonly ClassifyRule[] = [
  { generator: 'createdAt', piiClass: 'N', types: instants, names: 'created at,inserted at,created,created on,created date,date created,create time,creation date,created time,creation time,registered at,registered,joined at,joined,added at,added on,signed up at,inserted on,recorded at,logged at,submitted at,received at,issued at,issue date,sent at,posted at,occurred at,event time,time stamp,date time,date,order date,ordered at,uploaded at,issued on,invoice date,transaction date,day,time' },
  { generator: 'updatedAt', piiClass: 'N', types: instants, names: 'updated at,modified at,updated,modified,updated on,last modified,last updated,date modified,update time,changed at,last modified at,last updated at,last changed at,edited at,synced at,last sync at,refreshed at,saved at,modified on,last synced at' },
  { generator: 'createdAt', piiClass: 'N', types: others, names: 'created at,created,create time,created on,time stamp,created time,date created' },
  { generator: 'updatedAt', piiClass: 'N', types: others, names: 'updated at,updated,update time,modified at,last modified,updated on' },
  { generator: 'lastEventAt', piiClass: 'N', types: instants, names: 'last seen at,last login at,last login,last active at,last used at,last sign in at,last activity at,last active on,last active,last used on,last run at,last accessed at,last visited at,last viewed at,last view,last opened at,last time used,last at,last on,last checked at,last activity,heartbeat at,last fetched,last run,last sync,logged in,last login time' },
  { generator: 'deletedAt', piiClass: 'N', types: instants, names: 'deleted at,deleted,archived at,removed at,trashed at,deleted on,disabled at,suspended at,banned at,blocked at,deactivated at,left at,unsubscribed at,discarded at' },
  { generator: 'eventAt', piiClass: 'N', types: instants, names: 'paid at,placed at,shipped at,delivered at,cancelled at,canceled at,verified at,confirmed at,completed at,approved at,rejected at,refunded at,published at,accepted at,closed at,resolved at,processed at,failed at,captured at,fulfilled at,returned at,activated at,read at,seen at,opened at,clicked at,email verified,email verified at,finished at,scheduled at,started processing at,declined at,revoked at,locked at,reviewed at,executed at,dispatched at,paid on,shipped on,delivered on,first used at,responded at,released at,settled at,used at,consumed at,stopped at,completion time,onboarded at,at,on,redemption at' },
  { generator: 'startsAt', piiClass: 'N', types: instants, names: 'start at,starts at,start,start date,start time,from,from date,valid from,check in,check in date,begins at,begin,begin date,period start,effective from,effective at,arrival,departure,current period start,started at,starts on,hired at,hire date,opening date,window start,start on,since' },
  { generator: 'endsAt', piiClass: 'N', types: instants, names: 'end at,ends at,end,end date,end time,to,to date,valid to,valid until,check out,check out date,until,period end,effective to,current period end,ended at,ends on,terminated at,finish,finish date,closing date,window end,trial ends at,end on' },
  { generator: 'expiresAt', piiClass: 'N', types: instants, names: 'expires at,expiry,expires,expire at,expiration,expiration date,expiry date,due at,due date,due,due on,deadline,expires on,trial end,next run at,next billing at,renews at,renewal date,locked until,remind at,next retry at,token expiry,access token expires at,retry at' },
  { generator: 'expiresEpoch', piiClass: 'N', types: ['int'], names: 'expires at,expires in,access token expires at,refresh token expires in,expires,expiry' },
  { generator: 'period', piiClass: 'N', types: ['range'], names: 'period,duration,during,validity,valid,booking,stay,slot,reserved,time range,date range,active period' },
  { generator: 'duration', piiClass: 'N', types: ['int', 'decimal', 'interval'], names: 'duration,duration m,duration second,duration minute,elapsed,latency,timeout,runtime,interval,time to live,ttl,minute,second,hour,day,response time,latency m,month,week' },
  { generator: 'timeOfDay', piiClass: 'N', types: ['time'], names: 'start time,opens at,time,open time,opening time,close time,closes at,end time' },
  { generator: 'year', piiClass: 'N', types: ['int'], names: 'year,model year,fiscal year,release year,founded,founded year' },
]
