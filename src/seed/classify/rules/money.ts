import type { ClassifyRule } from '../rule.ts'

const text = ['text'] as const
const numbers = ['decimal', 'int'] as const

/** Money, means of payment, tax. */
export const moneyRules: readonly ClassifyRule[] = [
  { generator: 'vatNumber', piiClass: 'N', types: text, names: 'vat,vat number,vat id,ein,company registration number,registration number,company number,company reg number,tax number' },
  { generator: 'cardNumber', piiClass: 'S', types: text, names: 'card number,pan,credit card,credit card number,debit card number,card' },
  { generator: 'cardCode', piiClass: 'S', types: ['text', 'int'], names: 'cvv,cvc,cvv 2,card verification code,security code' },
  { generator: 'cardExpiry', piiClass: 'S', types: text, names: 'expiry,card expiry,expiration,card expiration,exp date,expiry date,expiration date' },
  { generator: 'iban', piiClass: 'S', types: text, names: 'iban,bank account iban' },
  { generator: 'bic', piiClass: 'S', types: text, names: 'bic,swift,swift code,bic code' },
  { generator: 'accountNumber', piiClass: 'S', types: text, names: 'account number,bank account,bank account number,routing number,sort code,bank code' },
  { generator: 'lastFour', piiClass: 'Q', types: text, names: 'last 4,card last 4,last four,last 4 digit' },
  { generator: 'salary', piiClass: 'S', types: numbers, names: 'salary,income,wage,annual salary,annual income,compensation,pay,net worth' },
  { generator: 'creditScore', piiClass: 'S', types: numbers, names: 'credit score' },
  { generator: 'balance', piiClass: 'S', types: numbers, names: 'balance,account balance,credit balance,wallet balance' },
  { generator: 'subtotal', piiClass: 'N', types: numbers, names: 'subtotal,sub total,net total,net amount,net' },
  { generator: 'tax', piiClass: 'N', types: numbers, names: 'tax,tax amount,vat amount,total tax' },
  { generator: 'total', piiClass: 'N', types: numbers, names: 'total,grand total,total amount,total price,gross amount,amount total,order total,line total,total cost,gross' },
  {
    generator: 'price', piiClass: 'N', types: numbers,
    names: 'price,amount,cost,fee,charge,unit price,list price,sale price,monthly price,yearly price,shipping cost,shipping fee,refund amount,' +
      'paid amount,amount paid,amount due,budget,revenue,deposit,payment,tip,commission,rent,limit amount,credit limit,discount amount,usd,eur,' +
      'shipping,handling,postage,surcharge,delivery charge,service charge,input cost,output cost,input price,output price,value amount,spend,turnover,fare',
  },
  { generator: 'priceMinor', piiClass: 'N', types: ['int'], names: 'cent,minor,price cent,amount cent,total cent,amount minor,price minor,total minor,cost cent,fee cent' },
  { generator: 'currency', piiClass: 'N', types: text, names: 'currency,currency code,iso currency' },
  { generator: 'currency', piiClass: 'N', types: text, names: 'code,iso code', models: ['currency'] },
  { generator: 'currencyName', piiClass: 'N', types: text, names: 'name', models: ['currency'] },
  { generator: 'minorUnits', piiClass: 'N', types: ['int'], names: 'minor unit,decimal digit,fraction digit' },
]
