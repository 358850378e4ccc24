/** Plain words of English that say nothing of anybody, each once. */
export const words: readonly string[] = (
  'amber anchor apple arbor arrow aspen atlas autumn bamboo basil beacon birch breeze bridge bright brook cedar chalk ' +
  'cherry cliff clover cobalt comet copper coral cotton crane creek crystal dawn delta dune eagle ember fable falcon fern ' +
  'field flint forest fossil garden ginger glacier granite grove harbor hazel heron hollow honey indigo iris iron island ' +
  'ivory jade jasmine juniper kettle lagoon lantern laurel lemon lilac linen lotus lunar maple marble meadow mellow mint ' +
  'mirror mosaic nectar north oasis ocean olive onyx opal orbit orchid otter palm pearl pebble pepper pine plain plum ' +
  'pond poppy prairie quartz quiet quill rain raven reed ridge river robin rocket rose ruby saffron sage sail sand shadow ' +
  'shell silver sky slate snow solar spark spruce star stone storm summit sunny swift tango thistle thunder tide timber ' +
  'topaz trail tulip valley velvet violet walnut water willow winter wren zephyr'
).split(' ')
