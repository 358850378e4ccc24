// Written by Tide from the Prisma schema; `tide generate` and `tide seed` write it anew.

/** The models, for `defineGenerators<Models>` and `definePersonas<Models>`. */
export interface Models {
  readonly Organisation: {
    readonly id: string
    readonly name: string
    readonly slug: string
    readonly vatNumber: string | null
    readonly countryCode: string
    readonly planId: number
    readonly settings: unknown
    readonly createdAt: Date | string
    readonly updatedAt: Date | string
    readonly country: string
    readonly plan: string
  }
  readonly User: {
    readonly id: string
    readonly email: string
    readonly firstName: string
    readonly lastName: string | null
    readonly phone: string | null
    readonly birthDate: Date | string | null
    readonly locale: string
    readonly lastSeenAt: Date | string | null
    readonly createdAt: Date | string
  }
  readonly Membership: {
    readonly organisationId: string
    readonly userId: string
    readonly role: "OWNER" | "ADMIN" | "MEMBER"
    readonly joinedAt: Date | string
    readonly organisation: string
    readonly user: string
  }
  readonly Address: {
    readonly id: number
    readonly organisationId: string
    readonly kind: "BILLING" | "SHIPPING"
    readonly recipient: string
    readonly street: string
    readonly postalCode: string
    readonly city: string
    readonly countryCode: string
    readonly isDefault: boolean
    readonly organisation: string
    readonly country: string
  }
  readonly Country: {
    readonly code: string
    readonly name: string
    readonly callingCode: string
    readonly inEu: boolean
  }
  readonly Currency: {
    readonly code: string
    readonly name: string
    readonly minorUnits: number
  }
  readonly Plan: {
    readonly id: number
    readonly code: string
    readonly name: string
    readonly seats: number | null
    readonly monthlyPrice: number | string
    readonly currencyCode: string
    readonly currency: string
  }
  readonly Category: {
    readonly id: number
    readonly parentId: number | null
    readonly name: string
    readonly slug: string
    readonly position: number
    readonly parent: string | null
  }
  readonly Product: {
    readonly id: number
    readonly sku: string
    readonly name: string
    readonly description: string | null
    readonly tags: readonly (string)[]
    readonly attributes: unknown
    readonly weightGrams: number | null
    readonly isActive: boolean
    readonly createdAt: Date | string
  }
  readonly ProductCategory: {
    readonly productId: number
    readonly categoryId: number
    readonly product: string
    readonly category: string
  }
  readonly Order: {
    readonly id: bigint | number
    readonly number: string
    readonly organisationId: string
    readonly placedById: string | null
    readonly status: "DRAFT" | "PLACED" | "PAID" | "PARTIALLY_SHIPPED" | "SHIPPED" | "CANCELLED"
    readonly channel: "WEB" | "PHONE" | "EDI"
    readonly currencyCode: string
    readonly billingAddressId: number | null
    readonly shippingAddressId: number | null
    readonly customerReference: string | null
    readonly placedAt: Date | string | null
    readonly createdAt: Date | string
    readonly updatedAt: Date | string
    readonly organisation: string
    readonly placedBy: string | null
    readonly currency: string
    readonly billingAddress: string | null
    readonly shippingAddress: string | null
  }
  readonly OrderLine: {
    readonly orderId: bigint | number
    readonly position: number
    readonly productId: number
    readonly quantity: number
    readonly unitPrice: number | string
    readonly discountPercent: number | string
    readonly order: string
    readonly product: string
  }
  readonly Payment: {
    readonly id: string
    readonly orderId: bigint | number
    readonly method: "CARD" | "BANK_TRANSFER" | "DIRECT_DEBIT"
    readonly status: "PENDING" | "CAPTURED" | "FAILED" | "REFUNDED"
    readonly amount: number | string
    readonly providerReference: string | null
    readonly providerResponse: unknown | null
    readonly paidAt: Date | string | null
    readonly createdAt: Date | string
    readonly order: string
  }
  readonly Shipment: {
    readonly id: bigint | number
    readonly orderId: bigint | number
    readonly carrier: string
    readonly trackingNumber: string | null
    readonly freightAmount: number | string | null
    readonly shippedAt: Date | string | null
    readonly deliveredAt: Date | string | null
    readonly order: string
  }
  readonly ShipmentLine: {
    readonly shipmentId: bigint | number
    readonly orderId: bigint | number
    readonly linePosition: number
    readonly quantity: number
    readonly shipment: string
    readonly line: string
  }
  readonly Price: {
    readonly productId: number
    readonly currencyCode: string
    readonly validFrom: Date | string
    readonly amount: number | string
    readonly product: string
    readonly currency: string
  }
  readonly AuditEvent: {
    readonly id: bigint | number
    readonly occurredAt: Date | string
    readonly organisationId: string | null
    readonly userId: string | null
    readonly action: string
    readonly entity: string
    readonly entityId: string
    readonly changes: unknown
    readonly ipAddress: string | null
    readonly organisation: string | null
    readonly user: string | null
  }
  readonly FeatureFlag: {
    readonly key: string
    readonly description: string
    readonly isEnabled: boolean
    readonly environments: readonly (string)[]
    readonly rolloutPercent: number
  }
  readonly OrganisationFeatureFlag: {
    readonly organisationId: string
    readonly flagKey: string
    readonly isEnabled: boolean
    readonly organisation: string
    readonly flag: string
  }
}
