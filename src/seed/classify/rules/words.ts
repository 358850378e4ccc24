import type { ClassifyRule } from '../rule.ts'

const text = ['text'] as const

/** Names of things, and text that people write. */
export const wordRules: readonly ClassifyRule[] = [
  { generator: 'companyName', piiClass: 'N', types: text, names: 'name,title,display name,legal name', models: ['company'] },
  { generator: 'companyName', piiClass: 'N', types: text, names: 'vendor name,supplier name,brand name,merchant name,team name,workspace name,brand,manufacturer,vendor,supplier,merchant,carrier,bank name,publisher,bank,airline,shop name,store name' },
  { generator: 'productName', piiClass: 'N', types: text, names: 'name,title,display name', models: ['product'] },
  { generator: 'productName', piiClass: 'N', types: text, names: 'product name,item name,product title,product,item' },
  { generator: 'categoryName', piiClass: 'N', types: text, names: 'name,title,label,display name', models: ['category'] },
  { generator: 'categoryName', piiClass: 'N', types: text, names: 'category,category name,genre,tag,topic,label,keyword,skill,interest,group name,segment,subcategory,hashtag,tag name' },
  { generator: 'fileName', piiClass: 'N', types: text, names: 'name,title,original name', models: ['file'] },
  { generator: 'title', piiClass: 'N', types: text, names: 'title,subject,headline,name,heading,caption,display name,event name,project name,question,task,todo,meta title,seo title,label,topic name,goal,sub title,subtitle,button text,placeholder,alt text,alt' },
  { generator: 'sentence', piiClass: 'F', types: text, names: 'description,summary,excerpt,abstract,short description,meta description,tagline,slogan,synopsis,reason,purpose,remark,hint,help text,tooltip,explanation,cancellation reason,status message,error message,failure reason,error,status reason,warning,instruction,motto,seo description,long description,detail,value,string value,text value' },
  { generator: 'paragraph', piiClass: 'F', types: text, names: 'body,content,message,comment,note,bio,biography,text,about,review,feedback,answer,reply,article,story,transcript,html,markdown,review text,internal note,cover letter,response,description long,post,message body,prompt,input,output,raw,query text,log,quote' },
  { generator: 'slug', piiClass: 'N', types: text, names: 'slug,permalink,url slug,url key,short name,path segment,subdomain,vanity,code name,alias path,short url' },
  { generator: 'status', piiClass: 'N', types: ['enum', 'text'], names: 'status,state,phase,stage,order status,payment status,lifecycle,workflow state,review status,sync status,approval status' },
  { generator: 'kind', piiClass: 'N', types: ['text', 'enum'], names: 'type,kind,category type,entity type,entity,resource type,object type,event type,action type,event,action,event name,resource,operation,level,severity,priority,channel,method,provider,source,origin,platform,device,device type,browser,os,operating system,environment,tier,plan,plan code,role,scope,visibility,access level,mode,target type,payment method,size code,theme,medium,unit,unit of measure,format,frequency,interval,reason code,model,engine,driver,strategy,permission,document type,media type,region type,currency type,account type,entity name,table name,field name,column name,model name,feature,feature name,metric,dimension,referrer type,data type,object,operator,grant type,token type,campaign,scopes,algorithm,template' },
  { generator: 'color', piiClass: 'N', types: text, names: 'color,color hex,hex color,background color,text color,accent color,theme color,primary color,color code' },
  { generator: 'emoji', piiClass: 'N', types: text, names: 'emoji,reaction,icon emoji' },
  { generator: 'icon', piiClass: 'N', types: text, names: 'icon,icon name' },
  { generator: 'mimeType', piiClass: 'N', types: text, names: 'mime,mime type,content type' },
  { generator: 'fileName', piiClass: 'N', types: text, names: 'file name,original file name,attachment name,document name,file,original name' },
  { generator: 'fileExtension', piiClass: 'N', types: text, names: 'extension,file extension,file type' },
  { generator: 'filePath', piiClass: 'N', types: text, names: 'path,file path,storage path,directory,folder,folder path,storage key,object key,bucket path,location path,url path,pathname,route,endpoint,resource path,blob path,s 3 key' },
  { generator: 'cron', piiClass: 'N', types: text, names: 'cron,cron expression,schedule,schedule expression' },
]
