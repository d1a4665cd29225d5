import "./backend";
import { testAgainstKeras } from "./layersBGolden";

testAgainstKeras();
